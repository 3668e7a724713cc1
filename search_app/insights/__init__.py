"""What result sets tell beyond their hits."""
