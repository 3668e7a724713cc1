"""What a typed beginning can become: drugs, treatments, categories, guidelines, specialties and cases."""
