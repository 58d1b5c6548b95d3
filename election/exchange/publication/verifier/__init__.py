"""The verifier: one file, standard library only, used here and published in every package."""
