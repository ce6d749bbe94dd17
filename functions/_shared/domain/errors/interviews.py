"""Errors about practice interviews."""

from __future__ import annotations

from functions._shared.domain.errors.base import DomainError

# How they begin.


class VoiceUnavailable(DomainError):
    """Nobody turns speech into text here."""

    code = "voice_unavailable"
    status = 422
    title = "Voice interviews are not available here. Start a chat interview instead."


class LanguageUnavailable(DomainError):
    """There are no questions in the language, or nobody who could judge answers in it."""

    code = "language_unavailable"
    status = 422
    title = "Interviews in this language are not available here."


class InterviewerNotFound(DomainError):
    """There is no interviewer of this name, or nobody meets them any more."""

    code = "interviewer_not_found"
    status = 404
    title = "This interviewer does not exist."


# Where they are.


class SessionNotFound(DomainError):
    """The interview does not exist, or belongs to another user."""

    code = "session_not_found"
    status = 404
    title = "This interview does not exist."


class SessionNotActive(DomainError):
    """The interview is completed, abandoned or cancelled."""

    code = "session_not_active"
    status = 409
    title = "This interview has ended."


class SessionNotCompleted(DomainError):
    """The interview goes on, or ended without a report."""

    code = "session_not_completed"
    status = 409
    title = "This interview is not completed. Complete it first."


class TurnTaken(DomainError):
    """The answer is not to the current question. ``question`` is its number; none if every question is answered."""

    code = "turn_taken"
    status = 409
    title = "This is not the current question. Read the interview again."


class TurnLimitReached(DomainError):
    """The interview has as many turns as it may have."""

    code = "turn_limit_reached"
    status = 409
    title = "This interview has no room for another answer. Complete it."


class AnswerTooShort(DomainError):
    """The first answer, which would charge the interview, has hardly a word, as one that was sent by mistake."""

    code = "answer_too_short"
    status = 422
    title = "This is not an answer yet. Say at least a sentence; nothing was charged."


class NothingAnswered(DomainError):
    """There is no answer to score."""

    code = "nothing_answered"
    status = 409
    title = "No question has been answered yet. Answer one, or cancel the interview."


# What was recorded.


class UnsupportedAudio(DomainError):
    """The file is no audio, is damaged, or is of a type that nobody here transcribes; ``found`` names it if known."""

    code = "unsupported_audio"
    status = 415
    title = "This recording cannot be read. Send WebM, Ogg, MP3, M4A, WAV or FLAC."


class AudioTooLong(DomainError):
    """The recording is longer than ``limit`` seconds."""

    code = "audio_too_long"
    status = 413
    title = "This recording is too long."


class NoSpeech(DomainError):
    """The recording is silent, or nobody speaks in it."""

    code = "no_speech"
    status = 422
    title = "Nobody speaks in this recording. Check the microphone and record it again."


class TranscriptionLimitReached(DomainError):
    """Two recordings of this question were written down."""

    code = "transcription_limit_reached"
    status = 409
    title = "This question has been recorded twice. Correct one of the transcripts, or type the answer."


class TranscriptNotFound(DomainError):
    """The transcript does not exist, or is not one of this question."""

    code = "transcript_not_found"
    status = 404
    title = "There is no such transcript of an answer to this question."
