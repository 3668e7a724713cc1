"""The state's categories of treatment requests."""

from functools import cache

from search_app.vocabulary._files import read_toml


@cache
def taxonomy() -> dict[str, tuple[str, ...]]:
    """Return the subcategories of each category, in the state's order."""
    return {category: tuple(subcategories) for category, subcategories in read_toml("taxonomy.toml").items()}


def check(category: str, subcategory: str, where: str) -> None:
    """Raise ValueError, naming the place, where a pair of titles is not in the taxonomy."""
    if subcategory not in taxonomy().get(category, ()):
        raise ValueError(f"{where}: {category} / {subcategory} is not in taxonomy.toml")
