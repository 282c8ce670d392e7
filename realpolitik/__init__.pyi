from realpolitik.api._readings import Reading as Reading
from realpolitik.api._readings import Readings as Readings
from realpolitik.api.acts import acts as acts
from realpolitik.api.audience import audience as audience
from realpolitik.api.audit import audit as audit
from realpolitik.api.benefit import benefit as benefit
from realpolitik.api.check import Check as Check
from realpolitik.api.check import check as check
from realpolitik.api.cite import cite as cite
from realpolitik.api.code import code as code
from realpolitik.api.codes import codes as codes
from realpolitik.api.diff import diff as diff
from realpolitik.api.doctor import doctor as doctor
from realpolitik.api.dossier import Dossier as Dossier
from realpolitik.api.dossier import dossier as dossier
from realpolitik.api.export import export as export
from realpolitik.api.fetch import fetch as fetch
from realpolitik.api.follow import follow as follow
from realpolitik.api.gap import gap as gap
from realpolitik.api.ingest import ingest as ingest
from realpolitik.api.lake import lake as lake
from realpolitik.api.latent import latent as latent
from realpolitik.api.measures import measures as measures
from realpolitik.api.panel import panel as panel
from realpolitik.api.phases import phases as phases
from realpolitik.api.read import read as read
from realpolitik.api.rebuild import rebuild as rebuild
from realpolitik.api.respond import respond as respond
from realpolitik.api.result import Result as Result
from realpolitik.api.result import Rows as Rows
from realpolitik.api.scan import scan as scan
from realpolitik.api.secrets import secrets as secrets
from realpolitik.api.sources import sources as sources
from realpolitik.api.states import states as states
from realpolitik.api.train import train as train
from realpolitik.api.verify import verify as verify
from realpolitik.api.weigh import weigh as weigh
from realpolitik.errors import RealpolitikError as RealpolitikError
from realpolitik.findings import Finding as Finding

__version__: str
__all__ = [
    "Check",
    "Dossier",
    "Finding",
    "Reading",
    "Readings",
    "RealpolitikError",
    "Result",
    "Rows",
    "acts",
    "audience",
    "audit",
    "benefit",
    "check",
    "cite",
    "code",
    "codes",
    "diff",
    "doctor",
    "dossier",
    "export",
    "fetch",
    "follow",
    "gap",
    "ingest",
    "lake",
    "latent",
    "measures",
    "panel",
    "phases",
    "read",
    "rebuild",
    "respond",
    "scan",
    "secrets",
    "sources",
    "states",
    "train",
    "verify",
    "weigh",
]
