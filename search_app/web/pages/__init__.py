"""View models: frozen values that hold everything a template prints, URLs included."""
