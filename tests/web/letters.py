"""A handful of fictional determinations that the website is tested over."""

from __future__ import annotations

from datetime import date

from search_app.model import OVERTURNED, UPHELD, Decision, Determination, Reviewer

PHARMACEUTICALS = "Pharmaceuticals"
CHRONIC_PAIN = "MTUS: Chronic Pain Medical Treatment"
LOW_BACK = "MTUS: Low Back Complaints"

HOSTILE = "<script>document.title = 'taken'</script>"
"""Text that would show itself if it were ever run."""


def decision(request: str, outcome: str, rationale: str, **more: object) -> Decision:
    return Decision(
        **{"request": request, "disputed": request, "outcome": outcome, "rationale": rationale, **more}
    )


def _medicine(request: str, outcome: str, drug: str, kind: str, rationale: str) -> Decision:
    return decision(
        request,
        outcome,
        rationale,
        drugs=(drug,),
        category=PHARMACEUTICALS,
        subcategory=kind,
        reviewer_guidelines_text="The chapter on long-lasting pain, its part on this class of drugs.",
        reviewer_guidelines=(CHRONIC_PAIN,),
        claims_admin_guidelines_text="No source was named.",
        claims_admin_guidelines=(),
    )


def _case(number: int, decided: date | None, boards: tuple[str, ...], *decisions: Decision) -> Determination:
    name = f"CM16-000000{number}"
    return Determination(
        id=name,
        case_number=name,
        decisions=decisions,
        date_of_injury=date(2012, 3, number),
        ur_denial_date=date(2015, 11, number),
        received_date=date(2015, 12, number),
        date_assigned=date(2016, 1, number),
        decision_date=decided,
        priority="Standard",
        reviewer=Reviewer(licensure=("California",), specialties=boards, boards=boards),
        age=30 + number,
        sex="female" if number % 2 else "male",
        summary=f"A baker hurt the lower back while lifting a tray; visit {number} recorded stiffness.",
        source=f"letters/{name}.txt",
    )


PAIN, SURGEON = ("Pain Management",), ("Orthopedic Surgery",)
PHYSIATRY = ("Physical Medicine & Rehabilitation",)

VISITS = decision(
    "Twelve visits of physical therapy for the back",
    OVERTURNED,
    "A short course with a plan for home exercise is apt; earlier visits brought functional improvement.",
    disputed="Six visits of physical therapy for the back",
    original_request="Twelve visits of physical therapy for the back",
    authorized="Six visits of physical therapy",
    category="Rehabilitation",
    subcategory="PT/OT",
    reviewer_guidelines=(LOW_BACK, "ODG"),
    reviewer_guidelines_text="Back chapter, physical methods; and a table of visits.",
)
SCAN = decision(
    "MRI of the lower back",
    UPHELD,
    "No red flag is recorded, and plain care had not yet been tried for six weeks.",
    category="Diagnostic Testing",
    subcategory="Imaging/Radiology",
    reviewer_guidelines=(LOW_BACK,),
    reviewer_guidelines_text="Back chapter, special studies.",
)
FUSION = decision(
    "Fusion of the lower spine",
    UPHELD,
    "Neither instability nor a failed trial of plain care was shown.",
    category="Surgery",
    subcategory="Spine",
    reviewer_guidelines=(),
)
XANAX = _medicine(
    "Xanax 1mg #30",
    UPHELD,
    "alprazolam",
    "Benzodiazepines",
    "The tablets had been taken for a year, well past the usual few weeks, and no taper was planned.",
)
ALPRAZOLAM = _medicine(
    "Alprazolam 0.5mg #10 for a taper",
    OVERTURNED,
    "alprazolam",
    "Benzodiazepines",
    "A slow taper is safer than a sudden stop, and the amount asked for fits one.",
)
IBUPROFEN = _medicine(
    "Ibuprofen 800mg #60",
    OVERTURNED,
    "ibuprofen",
    "NSAID",
    "A short course after a flare is usual, and the kidney values were checked.",
)
BLANK = decision("Massage chair", UPHELD, "Nothing in the file explains what the chair would add.")

LETTERS = (
    _case(1, date(2016, 2, 3), PAIN, XANAX, VISITS),
    _case(2, date(2016, 3, 9), PAIN, ALPRAZOLAM),
    _case(3, date(2015, 7, 21), SURGEON, FUSION, SCAN, IBUPROFEN),
    _case(4, date(2015, 9, 30), PHYSIATRY, VISITS),
    _case(5, date(2014, 5, 12), PHYSIATRY, SCAN, VISITS),
    _case(6, date(2014, 8, 2), SURGEON, FUSION),
    _case(7, None, (), BLANK),
)

HOSTILE_LETTER = Determination(
    id=HOSTILE,
    case_number=HOSTILE,
    decisions=(
        decision(
            f"Brace {HOSTILE}",
            UPHELD,
            f"The brace {HOSTILE} was asked for <img src=x onerror=\"document.title='taken'\"> & refused.",
            category="DMEPOS",
            subcategory="Prosthetics/Orthotics",
            reviewer_guidelines_text=HOSTILE,
            reviewer_guidelines=("Other",),
        ),
    ),
    reviewer=Reviewer(licensure=(HOSTILE,), specialties=(HOSTILE,), boards=(HOSTILE,)),
    summary=HOSTILE,
    priority=HOSTILE,
    source="letters/hostile.html",
)
