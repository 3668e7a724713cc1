"""The state's categories of treatment requests."""

from functools import cache

from search_app.fields import PATH_SEPARATOR
from search_app.vocabulary._files import read_toml


@cache
def taxonomy() -> dict[str, tuple[str, ...]]:
    """Return the subcategories of each category, in the state's order."""
    return {category: tuple(subcategories) for category, subcategories in read_toml("taxonomy.toml").items()}


@cache
def paths() -> tuple[str, ...]:
    """Return every subcategory with its category before it, as the facet has them."""
    return tuple(
        category + PATH_SEPARATOR + subcategory
        for category, subcategories in taxonomy().items()
        for subcategory in subcategories
    )


def check(category: str, subcategory: str, where: str) -> None:
    """Raise ValueError, naming the place, where a pair of titles is not in the taxonomy."""
    if subcategory not in taxonomy().get(category, ()):
        raise ValueError(f"{where}: {category} / {subcategory} is not in taxonomy.toml")
