"""Every error that a client can receive: one exception class per fact.

Domain code, services and adapters raise these classes. The edge renders them as problem+json (RFC 9457) with their
``status`` and ``code``; no other code knows about HTTP statuses. ``table`` lists the classes by code and maps
database errors to them.

Our exception hierarchy, below `DomainError`:

The request itself (request.py):

* BadRequest
* NotFound
* Conflict
* Gone
* Unprocessable
* MethodNotAllowed
* UnsupportedMediaType
* PayloadTooLarge
* InvalidIdempotencyKey
* InvalidJson
* InvalidCursor
* InvalidPeriod
* ValidationFailed

Who is calling (identity.py):

* Unauthenticated
  + MissingToken
  + InvalidToken
  + ExpiredToken
* IdentityUnavailable
* InvalidSignature
* UserNotFound
* AccountInactive
* ConsentRequired
* OwnAccount
* NotAnAdministrator
* SecondFactorRequired
* PermissionMissing
* ReasonRequired
* FilesLeft
* SubscriptionRunning
* Forbidden

A user's account (account.py):

* AccountErased
* RecoveryOver
* SignInAgain
* ExportRunning
* ExportNotFound
* ProviderKeyRejected
* ProviderKeyNotFound
* UnsubscribeLinkInvalid

Résumés, jobs and patches (resume.py):

* ResumeNotFound
* ResumeLimitReached
* TemplateNotFound
* PremiumTemplate
* ResumeTooLong
* JobNotFound
* LetterNotFound
* NothingToCompare
* ItemNotFound
* ContentInvalid (a ValidationFailed)
* VersionConflict
* PatchInvalid
* PatchNotAllowed
* PatchConflict

Shared résumés (sharing.py):

* ShareNotFound
* ShareProtected
  + SharePasswordRequired
  + SharePasswordWrong
* ShareTakenDown

Files in storage (files.py):

* StoredFileNotFound
* FileTooLarge
* UploadNotFound

Files that are read (documents.py):

* DocumentUnreadable
  + DocumentDamaged
  + DocumentEncrypted
  + DocumentTypeUnsupported
  + DocumentTooLarge
  + DocumentTooSlow
  + DocumentHasNoText

Credits, reservations and idempotency keys (metering.py):

* UnknownOperation
* InsufficientCredits
* NoProviderKey
* TooManyReleases
* StorageLimitReached
* SpendCeilingReached
* InProgress
* IdempotencyConflict
* ReplayGone
* HoldLost
* UnknownEffect
* FundingMismatch

AI models and what they write (models.py):

* ModelError
  + ModelUnavailable
  + ModelTimeout
  + ModelRefused
    + RulesDeclined
  + VerifierUnavailable
  + ModelAnswerInvalid
  + AnswerNotGrounded
* NothingToWriteFrom
* NothingToImprove

Prices, orders, subscriptions and payment providers (payments.py):

* PriceNotFound
* OrderNotFound
* SubscriptionNotFound
* ReceiptNotFound
* UnknownOrderKind
* CouponInvalid
* CouponNotApplicable
* CouponUsedUp
* TrialNotOffered
* TrialUsed
* OfferEnded
* SubscriptionExists
* SubscriptionNotChangeable
* PlanUnchanged
* NothingToResume
* PaymentProviderNotConfigured
* PaymentProviderUnavailable
* PaymentRefused
* PaymentSignatureInvalid
* ReviewNotFound

Practice interviews (interviews.py):

* VoiceUnavailable
* LanguageUnavailable
* InterviewerNotFound
* SessionNotFound
* SessionNotActive
* SessionNotCompleted
* TurnTaken
* TurnLimitReached
* AnswerTooShort
* NothingAnswered
* UnsupportedAudio
* AudioTooLong
* NoSpeech
* TranscriptionLimitReached
* TranscriptNotFound

Long work (tasks.py):

* TooManyTasks
* TaskNotFound
* TaskCancelled
* TaskFailed
* TaskLost
* QueueUnavailable
* MessageUnreadable
* TaskRequired

Retention, archive, clean-up tasks and e-mail (cleanup.py):

* UnknownTask
* PolicyNotFound
* PartitionBusy
* PartitionNotExpired
* ArchiveUnavailable
* ArchiveCorrupt
* MailUnavailable
* MailRefused

The service itself (service.py):

* InternalError
* RateLimited
* DeadlineExceeded
* DatabaseUnavailable
  + AnswerLost
* SecretsUnavailable
"""

from __future__ import annotations

# fmt: off
from functions._shared.domain.errors.account import (
    AccountErased, ExportNotFound, ExportRunning, ProviderKeyNotFound, ProviderKeyRejected, RecoveryOver,
    SignInAgain, UnsubscribeLinkInvalid,
)
from functions._shared.domain.errors.base import DomainError
from functions._shared.domain.errors.cleanup import (
    ArchiveCorrupt, ArchiveUnavailable, MailRefused, MailUnavailable, PartitionBusy, PartitionNotExpired,
    PolicyNotFound, UnknownTask,
)
from functions._shared.domain.errors.documents import (
    DocumentDamaged, DocumentEncrypted, DocumentHasNoText, DocumentTooLarge, DocumentTooSlow,
    DocumentTypeUnsupported, DocumentUnreadable,
)
from functions._shared.domain.errors.files import FileTooLarge, StoredFileNotFound, UploadNotFound
from functions._shared.domain.errors.identity import (
    AccountInactive, ConsentRequired, ExpiredToken, FilesLeft, Forbidden, IdentityUnavailable, InvalidSignature,
    InvalidToken, MissingToken, NotAnAdministrator, OwnAccount, PermissionMissing, ReasonRequired,
    SecondFactorRequired, SubscriptionRunning, Unauthenticated, UserNotFound,
)
from functions._shared.domain.errors.interviews import (
    AnswerTooShort, AudioTooLong, InterviewerNotFound, LanguageUnavailable, NoSpeech, NothingAnswered,
    SessionNotActive, SessionNotCompleted, SessionNotFound, TranscriptNotFound, TranscriptionLimitReached,
    TurnLimitReached, TurnTaken, UnsupportedAudio, VoiceUnavailable,
)
from functions._shared.domain.errors.metering import (
    FundingMismatch, HoldLost, IdempotencyConflict, InProgress, InsufficientCredits, NoProviderKey, ReplayGone,
    SpendCeilingReached, StorageLimitReached, TooManyReleases, UnknownEffect, UnknownOperation,
)
from functions._shared.domain.errors.models import (
    AnswerNotGrounded, ModelAnswerInvalid, ModelError, ModelRefused, ModelTimeout, ModelUnavailable,
    NothingToImprove, NothingToWriteFrom, RulesDeclined, VerifierUnavailable,
)
from functions._shared.domain.errors.payments import (
    CouponInvalid, CouponNotApplicable, CouponUsedUp, NothingToResume, OfferEnded, OrderNotFound,
    PaymentProviderNotConfigured, PaymentProviderUnavailable, PaymentRefused, PaymentSignatureInvalid,
    PlanUnchanged, PriceNotFound, ReceiptNotFound, ReviewNotFound, SubscriptionExists, SubscriptionNotChangeable,
    SubscriptionNotFound, TrialNotOffered, TrialUsed, UnknownOrderKind,
)
from functions._shared.domain.errors.request import (
    BadRequest, Conflict, Gone, InvalidCursor, InvalidIdempotencyKey, InvalidJson, InvalidPeriod, MethodNotAllowed,
    NotFound, PayloadTooLarge, Unprocessable, UnsupportedMediaType, ValidationFailed,
)
from functions._shared.domain.errors.resume import (
    ContentInvalid, ItemNotFound, JobNotFound, LetterNotFound, NothingToCompare, PatchConflict, PatchInvalid,
    PatchNotAllowed, PremiumTemplate, ResumeLimitReached, ResumeNotFound, ResumeTooLong, TemplateNotFound,
    VersionConflict,
)
from functions._shared.domain.errors.service import (
    AnswerLost, DatabaseUnavailable, DeadlineExceeded, InternalError, RateLimited, SecretsUnavailable,
)
from functions._shared.domain.errors.sharing import (
    ShareNotFound, SharePasswordRequired, SharePasswordWrong, ShareProtected, ShareTakenDown,
)
from functions._shared.domain.errors.tasks import (
    MessageUnreadable, QueueUnavailable, TaskCancelled, TaskFailed, TaskLost, TaskNotFound, TaskRequired,
    TooManyTasks,
)
