import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.drug_table import DrugName, build, drug_table
from search_app.vocabulary.drugs import all_generics, drug_class, drugs_of, find_drugs, names_of
from search_app.vocabulary.treatments import classify
from search_app.vocabulary.words import key

names = st.sampled_from(drug_table().names)
lead_ins = st.sampled_from(
    ["", "Prospective request for ", "1 prescription of ", "Continue ", "Two refills of "]
)
FORMS = "ER,XR,SR,CR,DR,ODT,HCl,sodium,tartrate,succinate,tablets,capsules,cream,gel,ointment,solution,spray"
forms = st.sampled_from(["", " oral suspension", *(f" {form}" for form in FORMS.split(","))])
strengths = st.one_of(
    st.sampled_from([" 50mg", " 7.5 mg", " 10-325mg", " 37.5/325 mg", " 100mg/ml", " 1000 mcg", " 0.5%"]),
    st.builds(
        " {:.10g}{}".format,
        st.decimals("0.01", 1000, places=2),
        st.sampled_from(["mg", " mg", " mcg", "%", " units", " mEq", " ml", " gm"]),
    ),
)
quantities = st.one_of(
    st.sampled_from(["", " #120", ", quantity 60", " QTY: 90.00", " x 30 with 2 refills", " twice a day"]),
    st.builds(" #{}".format, st.integers(1, 360)),
)
casings = st.sampled_from([str, str.upper, str.lower, str.title])


def found(text: str) -> list[str]:
    return [generic for drug in find_drugs(text) for generic in drug.ingredients]


@given(lead_ins, names, forms, strengths, quantities, casings)
def test_a_request_for_any_name_is_read(
    lead_in: str, name: DrugName, form: str, strength: str, quantity: str, casing: type[str]
) -> None:
    text = casing(f"{lead_in}{name.written}{form}{strength}{quantity}")
    drugs = find_drugs(text)
    assert found(text) == list(name.ingredients)
    assert text[drugs[0].start : drugs[0].end] == drugs[0].matched
    placed = classify(text, drugs)
    assert (placed.category, placed.drugs) == ("Pharmaceuticals", name.ingredients)


@given(names)
def test_a_name_alone_stands_for_its_ingredients_and_back(name: DrugName) -> None:
    assert drugs_of(name.written.upper()) == name.ingredients
    for generic in name.ingredients:
        assert name.written.lower() == generic or name.written in names_of(generic)


def test_no_two_rows_claim_one_name() -> None:
    claims: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name in drug_table().names:
        claims.setdefault(key(name.written), set()).add(name.ingredients)
    assert [claim for claim, holders in claims.items() if len(holders) > 1] == []


def test_names_are_written_without_stray_space_and_generics_in_lower_case() -> None:
    assert [
        name.written for name in drug_table().names if name.written != " ".join(name.written.split())
    ] == []
    assert [generic for generic in all_generics() if generic != generic.lower()] == []


def test_the_table_holds_the_field() -> None:
    variants = {
        key(name.written) for name in drug_table().names if key(name.written) != key(name.ingredients[0])
    }
    assert len(all_generics()) >= 700
    assert len(variants) >= 2500


def test_every_name_is_reached() -> None:
    unread = [
        name.written for name in drug_table().names if found(f"{name.written} 50mg") != [*name.ingredients]
    ]
    assert unread == []
    assert {generic for name in drug_table().names for generic in name.ingredients} == set(all_generics())


def test_a_name_that_is_also_an_ordinary_word_needs_a_dose_or_a_form() -> None:
    weak = [name.written for name in drug_table().names if name.weak]
    assert [name for name in weak if find_drugs(f"They talked of {name} at some length")] == []
    assert [name for name in weak if not find_drugs(f"They asked for {name} tablets")] == []


def test_no_name_is_longer_than_four_words() -> None:
    assert [name.written for name in drug_table().names if len(key(name.written)) > 4] == []


@pytest.mark.parametrize(
    ("text", "generics"),
    [
        ("Hydrocodone/APAP 10-325mg #120", ["hydrocodone", "acetaminophen"]),
        ("Norco (hydrocodone/APAP) 10/325", ["hydrocodone", "acetaminophen", "hydrocodone", "acetaminophen"]),
        ("Percocet10/325mg", ["oxycodone", "acetaminophen"]),
        ("Tylenol #3 #60", ["acetaminophen", "codeine"]),
        ("Tylenol #30", ["acetaminophen"]),
        ("Terocin patches", ["lidocaine", "menthol"]),
        ("Terocin", ["capsaicin", "lidocaine", "menthol", "methyl salicylate"]),
        ("cyclobenzaprnie 7.5", ["cyclobenzaprine"]),
        ("Tramdol 50mg", ["tramadol"]),
        ("robaxin 750", ["methocarbamol"]),
        ("MS Contin 30mg", ["morphine"]),
        ("Fioricet with codeine", ["butalbital", "acetaminophen", "caffeine", "codeine"]),
        ("Prolate 10/300mg", ["oxycodone", "acetaminophen"]),
        ("Omeprazole/sodium bicarbonate 40mg", ["omeprazole", "sodium bicarbonate"]),
        ("codeine phosphate 30mg", ["codeine"]),
        ("Atorvastatin calcium 20 mg", ["atorvastatin"]),
        ("Synvisc-One", ["hyaluronic acid"]),
        ("Therabenzaprine-60", ["cyclobenzaprine", "theramine"]),
        ("vitamin B-12 1000 mcg", ["cyanocobalamin"]),
        ("Vitamin D", ["cholecalciferol"]),
        ("Flurb/cyclo/menthol cream", ["flurbiprofen", "cyclobenzaprine", "menthol"]),
    ],
)
def test_drugs_in_a_text(text: str, generics: list[str]) -> None:
    assert found(text) == generics


@pytest.mark.parametrize(
    "text",
    [
        "The patient is well versed in home exercise",
        "testosterone level was low",
        "vitamin D level",
        "in Lipoderm base",
        "metadata of singular concerts may mitigate cortical infection",
        "relax and conjugate the buffering",
        "MRI without contrast of the right elbow",
        "normal saline and oxygen",
        "systolic pressure at baseline, arthritic changes, a vertical northern resistor",
        "the same calcium, magnesium and creatine as before",
        "a prolate shape, to move free of pain, and to align",
        "compound w/ base",
        "a lithium battery",
        "",
    ],
)
def test_ordinary_words_are_no_drugs(text: str) -> None:
    assert find_drugs(text) == ()


def test_a_mention_carries_both_classes_and_its_place() -> None:
    (drug,) = find_drugs("Refill of  VOLTAREN 1% gel")
    assert (drug.matched, drug.start, drug.end) == ("VOLTAREN", 11, 19)
    assert (drug.drug_class, drug.topical_class) == ("NSAID", "Topical Analgesics")


def test_looking_names_up() -> None:
    assert drugs_of("xanax") == ("alprazolam",)
    assert drugs_of("xanax 2mg") == ()
    assert drugs_of("aspirations") == ()
    assert drugs_of("") == ()
    assert "Xanax" in names_of("Alprazolam")
    assert names_of("hydrocodone").index("Zohydro") < names_of("hydrocodone").index("Norco")
    assert names_of("no such thing") == ()


def test_classes_depend_on_the_route() -> None:
    assert drug_class("diclofenac") == "NSAID"
    assert drug_class("Diclofenac", topical=True) == "Topical Analgesics"
    assert drug_class("fentanyl", topical=True) == "Opioids"
    with pytest.raises(KeyError, match="drugs_of"):
        drug_class("Norco")


def row(generic: str, names: str) -> dict[str, str]:
    return {"generic": generic, "class": "Opioids", "topical_class": "", "names": names, "weak": ""}


def test_a_name_that_two_rows_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="'norco' is a name of"):
        build([row("codeine", "Norco"), row("morphine", "norco")], [])


def test_a_combination_of_unknown_ingredients_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no row of drugs\.csv is called 'kryptonite'"):
        build(
            [row("codeine", "")],
            [{"names": "Super", "ingredients": "codeine|kryptonite", "class": "Opioids", "weak": ""}],
        )
