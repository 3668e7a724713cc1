"""Speed and size measurements, and the writer of the fictional letters they run on."""
