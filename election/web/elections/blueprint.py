"""The blueprint of the stage; its views are added by the modules beside it."""
