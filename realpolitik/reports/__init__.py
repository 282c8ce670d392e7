"""Pages: findings and acts in, one self-contained HTML file and its JSON twin out."""
