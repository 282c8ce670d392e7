"""The neural coder: a small encoder fine-tuned on marked pairs, averaged with the linear one."""
