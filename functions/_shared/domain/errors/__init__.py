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
* ExportRunning
* ExportNotFound
* ProviderKeyRejected
* ProviderKeyNotFound

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

Retention, archive and clean-up tasks (cleanup.py):

* UnknownTask
* PolicyNotFound
* PartitionBusy
* PartitionNotExpired
* ArchiveUnavailable
* ArchiveCorrupt

The service itself (service.py):

* InternalError
* RateLimited
* DeadlineExceeded
* DatabaseUnavailable
  + AnswerLost
* SecretsUnavailable
"""

from __future__ import annotations

from functions._shared.domain.errors.account import *
from functions._shared.domain.errors.base import DomainError
from functions._shared.domain.errors.cleanup import *
from functions._shared.domain.errors.documents import *
from functions._shared.domain.errors.files import *
from functions._shared.domain.errors.identity import *
from functions._shared.domain.errors.interviews import *
from functions._shared.domain.errors.metering import *
from functions._shared.domain.errors.models import *
from functions._shared.domain.errors.payments import *
from functions._shared.domain.errors.request import *
from functions._shared.domain.errors.resume import *
from functions._shared.domain.errors.service import *
from functions._shared.domain.errors.sharing import *
from functions._shared.domain.errors.tasks import *
