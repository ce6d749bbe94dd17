"""Every adapter names the port that it implements, and implements all of it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared import adapters, ai, ports
from functions._shared.ai.backend import Backend
from functions._shared.ports.admin_desk import AdminDesk
from functions._shared.ports.answer_cache import AnswerCache
from functions._shared.ports.archive import Archive
from functions._shared.ports.document_reader import DocumentReader
from functions._shared.ports.documents import ReceiptRenderer, ResumeWriter
from functions._shared.ports.downloads import Downloads
from functions._shared.ports.erasures import Erasures
from functions._shared.ports.export_parts import ExportParts
from functions._shared.ports.files import Files
from functions._shared.ports.hooks import HookVerifier
from functions._shared.ports.housekeeping import Housekeeping
from functions._shared.ports.identity import TokenVerifier
from functions._shared.ports.interviews import Interviews
from functions._shared.ports.key_checks import KeyChecks
from functions._shared.ports.ledger import Ledger
from functions._shared.ports.mailer import Mailer
from functions._shared.ports.mails import Mails
from functions._shared.ports.model import Model
from functions._shared.ports.payment_books import PaymentBooks
from functions._shared.ports.payment_provider import PaymentProvider
from functions._shared.ports.provider_keys import ProviderKeys
from functions._shared.ports.queue import Queue
from functions._shared.ports.rate_limiter import RateLimiter
from functions._shared.ports.rows import CallerRows
from functions._shared.ports.share_pages import SharePages
from functions._shared.ports.shares import Shares
from functions._shared.ports.signups import SignUps
from functions._shared.ports.speech import AudioInspector, Transcriber
from functions._shared.ports.tasks import Tasks
from functions._shared.ports.thumbnails import Thumbnails
from functions._shared.ports.user_accounts import UserAccounts
from functions._shared.ports.verifier import Verifier

if TYPE_CHECKING:
    from types import ModuleType

IMPLEMENTATIONS: dict[type, set[str]] = {
    AdminDesk: {"SupabaseAdminDesk"},
    AudioInspector: {"TagInspector"},
    AnswerCache: {"RedisAnswerCache", "SupabaseAnswerCache"},
    Archive: {"FolderArchive", "S3Archive"},
    Backend: {"AnthropicBackend", "GeminiBackend", "GeminiLegacyBackend", "OpenAIBackend"},
    CallerRows: {"SupabaseRows"},
    DocumentReader: {"ChildReader"},
    Downloads: {"SupabaseDownloads"},
    Erasures: {"SupabaseErasures"},
    ExportParts: {"ZipParts"},
    Files: {"SupabaseFiles"},
    HookVerifier: {"SupabaseHooks"},
    Housekeeping: {"SupabaseHousekeeping"},
    Interviews: {"SupabaseInterviews"},
    KeyChecks: {"HttpKeyChecks"},
    Ledger: {"SupabaseLedger"},
    Mailer: {"FolderMailer", "SesMailer"},
    Mails: {"SupabaseMails"},
    Model: {"CachedModel", "FallbackChain", "LazyModel", "OfflineModel", "StructuredModel"},
    PaymentBooks: {"SupabasePayments"},
    PaymentProvider: {"RazorpayProvider", "StripeProvider"},
    ProviderKeys: {"SupabaseProviderKeys"},
    Queue: {"SqsQueue"},
    RateLimiter: {"RedisRateLimiter", "SupabaseRateLimiter"},
    ReceiptRenderer: {"TypstReceipts"},
    ResumeWriter: {"DocumentWriter"},
    SharePages: {"HtmlSharePages"},
    Shares: {"SupabaseShares"},
    SignUps: {"SupabaseSignUps"},
    Tasks: {"SupabaseTasks"},
    Thumbnails: {"SupabaseThumbnails"},
    Transcriber: {"SpeechToText", "TranscriberChain"},
    TokenVerifier: {"SupabaseTokenVerifier"},
    UserAccounts: {"SupabaseUserAccounts"},
    Verifier: {"ModelVerifier"},
}


def modules(package: ModuleType) -> list[ModuleType]:
    """Import every module of a package."""
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names]


def classes(package: ModuleType) -> set[type]:
    """Every class that a package defines, except Protocols."""
    return {
        cls
        for module in modules(package)
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and not getattr(cls, "_is_protocol", False)
    }


def methods(port: type) -> dict[str, Any]:
    """The methods that a Protocol requires."""
    return {name: member for name, member in vars(port).items() if inspect.isfunction(member) and name[0] != "_"}


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def has_shape(cls: type, port: type) -> bool:
    """Whether a class has the methods of a Protocol, with the same parameters."""
    own = {name: getattr(cls, name, None) for name in methods(port)}
    return all(
        callable(own[name]) and parameters(own[name]) == parameters(method) for name, method in methods(port).items()
    )


CANDIDATES = classes(adapters) | classes(ai)
PAIRS = [
    pytest.param(port, cls, id=f"{cls.__name__}-{port.__name__}")
    for port in IMPLEMENTATIONS
    for cls in sorted(CANDIDATES, key=lambda cls: cls.__name__)
    if port in cls.__mro__
]


def test_every_port_is_listed_here() -> None:
    protocols = {
        cls
        for module in modules(ports)
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and getattr(cls, "_is_protocol", False)
    }
    assert protocols | {Backend} == set(IMPLEMENTATIONS)


@pytest.mark.parametrize("port", IMPLEMENTATIONS, ids=lambda port: port.__name__)
def test_a_class_with_the_methods_of_a_port_is_a_subclass_of_it(port: type) -> None:
    by_shape = {cls.__name__ for cls in CANDIDATES if has_shape(cls, port)}
    by_name = {cls.__name__ for cls in CANDIDATES if port in cls.__mro__}
    assert by_shape == by_name == IMPLEMENTATIONS[port]


@pytest.mark.parametrize(("port", "cls"), PAIRS)
def test_a_subclass_overrides_every_method_with_the_same_parameters(port: type, cls: type) -> None:
    for name, declared in methods(port).items():
        method = getattr(cls, name)
        assert method is not declared, name
        assert method.__override__, name
        assert parameters(method) == parameters(declared), name
        assert inspect.iscoroutinefunction(method) == inspect.iscoroutinefunction(declared), name
