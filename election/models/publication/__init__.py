"""Records of publication: the frozen package and its pages."""
