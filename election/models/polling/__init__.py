"""Records of polling places and their accounts."""
