"""What publishers offer, and how it gets here: the only room that uses the network."""
