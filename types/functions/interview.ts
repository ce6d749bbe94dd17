// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/interview/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["interview_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["interview_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's interviews, newest first. */
        get: operations["interview_get_"];
        put?: never;
        /** Start an interview and return its first question. The same key returns the interview as it is now. */
        post: operations["interview_post_"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return an interview with its current question, to go on with it. */
        get: operations["interview_get__{id:uuid}"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a task, with its result once it is completed. */
        get: operations["interview_get__tasks_{id:uuid}"];
        put?: never;
        post?: never;
        /** Cancel a task. One that has ended stays as it is. */
        delete: operations["interview_delete__tasks_{id:uuid}"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down a recorded answer, a long one as a task. It counts only once it is sent as an answer, corrected. */
        post: operations["interview_post__{id:uuid}_audio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question: feedback, and the next question. The first accepted answer charges the interview. */
        post: operations["interview_post__{id:uuid}_turns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Score the interview and return its report. It may be repeated. */
        post: operations["interview_post__{id:uuid}_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the report of a completed interview. */
        get: operations["interview_get__{id:uuid}_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/report/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the report of a completed interview as a PDF. */
        get: operations["interview_get__{id:uuid}_report_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/report/docx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the report of a completed interview as a Word document. */
        get: operations["interview_get__{id:uuid}_report_docx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave an interview without a score. What was charged stays charged. */
        post: operations["interview_post__{id:uuid}_abandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/interview/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an interview. If no answer was accepted, nothing is charged. */
        post: operations["interview_post__{id:uuid}_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Answer
         * @description An answer that was given.
         *
         *     Attributes
         *     ----------
         *     text : str
         *         The candidate's words.
         *     at : datetime
         *         When.
         *     feedback : Feedback
         *         What was said about it.
         *     counts : bool
         *         Whether it is the better one, if the question was answered several times.
         */
        Answer: {
            /** Text */
            text: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            feedback: components["schemas"]["Feedback"];
            /** Counts */
            counts: boolean;
        };
        /**
         * AudioRequest
         * @description A recorded answer, in storage.
         *
         *     Attributes
         *     ----------
         *     question : int
         *         As in `TurnRequest`.
         *     path : str
         *         Where it is in the bucket ``audio``: ``{user_id}/{name}``.
         *     retry : bool
         *         As in `TurnRequest`.
         *     delete_recording : bool
         *         Delete the file once its transcript is kept.
         */
        AudioRequest: {
            /** Question */
            question: number;
            /** Path */
            path: string;
            /**
             * Retry
             * @default false
             */
            retry?: boolean;
            /**
             * Delete Recording
             * @default false
             */
            delete_recording?: boolean;
        };
        /**
         * DimensionScore
         * @description The score of an answer in one dimension of the rubric.
         *
         *     Attributes
         *     ----------
         *     dimension : str
         *         ``relevance``, ``structure``, ``specificity``, ``ownership`` or ``clarity``.
         *     score : int
         *         1 to 5.
         *     quote : str or None
         *         The words of the answer that earn it; none if nothing earns more than rules allow.
         *     reason : str
         *         Why.
         */
        DimensionScore: {
            /** Dimension */
            dimension: string;
            /** Score */
            score: number;
            /**
             * Quote
             * @default null
             */
            quote?: string | null;
            /**
             * Reason
             * @default
             */
            reason?: string;
        };
        /**
         * DimensionSummary
         * @description A dimension over the whole interview: the mean of its scores, and what it means.
         */
        DimensionSummary: {
            /** Dimension */
            dimension: string;
            /** Name */
            name: string;
            /** Score */
            score: number;
            /** Advice */
            advice: string;
        };
        /**
         * Exchange
         * @description A question with its answers.
         */
        Exchange: {
            question: components["schemas"]["Question"];
            /** Answers */
            answers: components["schemas"]["Answer"][];
        };
        /**
         * Feedback
         * @description Feedback on an answer.
         *
         *     Attributes
         *     ----------
         *     score : int or None
         *         0 to 100, computed from ``dimensions``; null if a model has not judged the answer.
         *     text : str
         *         The most important thing, in one or two sentences.
         *     dimensions : list of DimensionScore
         *         Empty if a model has not judged it.
         *     findings : list of Finding
         *         By rules.
         *     measures : Measures
         *         By rules.
         */
        Feedback: {
            /**
             * Score
             * @default null
             */
            score?: number | null;
            /** Text */
            text: string;
            /**
             * Dimensions
             * @default []
             */
            dimensions?: components["schemas"]["DimensionScore"][];
            /** Findings */
            findings: components["schemas"]["Finding"][];
            measures: components["schemas"]["Measures"];
        };
        /**
         * Finding
         * @description What rules found in an answer.
         *
         *     Attributes
         *     ----------
         *     code : str
         *         Stable name, such as ``no_result``.
         *     kind : str
         *         ``strength`` or ``weakness``.
         *     message : str
         *         For the candidate: what it means, and what to do.
         *     quote : str or None
         *         The words of the answer that show it.
         */
        Finding: {
            /** Code */
            code: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "strength" | "weakness";
            /** Message */
            message: string;
            /**
             * Quote
             * @default null
             */
            quote?: string | null;
        };
        /**
         * InterviewList
         * @description Interviews, newest first.
         */
        InterviewList: {
            /** Interviews */
            interviews: components["schemas"]["ListedInterview"][];
        };
        /**
         * InterviewView
         * @description An interview as it is now.
         *
         *     Attributes
         *     ----------
         *     id, status, type, language
         *         Of the session. ``status``: ``active``, ``completed``, ``abandoned`` or ``cancelled``.
         *     interviewer : Interviewer or None
         *         Who asks.
         *     title : str or None
         *         The role it is for.
         *     resume_id, resume_version, job_id
         *         What it is about, as long as it is there.
         *     current : Question or None
         *         The question that waits for an answer; null if none does.
         *     questions_answered, total_questions : int
         *         Progress.
         *     is_scored : bool
         *         Whether a model judges the answers; else rules measure them, for free.
         *     price : Price
         *         What it costs, and whether that is charged.
         *     exchanges : list of Exchange
         *         Everything so far.
         *     started_at, completed_at
         *         When.
         */
        InterviewView: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "completed" | "abandoned" | "cancelled";
            /**
             * Type
             * @enum {string}
             */
            type: "voice" | "chat" | "resume_analyzer";
            /** Language */
            language: string;
            interviewer: components["schemas"]["Interviewer"] | null;
            /** Title */
            title: string | null;
            /** Resume Id */
            resume_id: string | null;
            /** Resume Version */
            resume_version: number | null;
            /** Job Id */
            job_id: string | null;
            current: components["schemas"]["Question"] | null;
            /** Questions Answered */
            questions_answered: number;
            /** Total Questions */
            total_questions: number;
            /** Is Scored */
            is_scored: boolean;
            price: components["schemas"]["Price"];
            /** Exchanges */
            exchanges: components["schemas"]["Exchange"][];
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Completed At */
            completed_at: string | null;
        };
        /**
         * Interviewer
         * @description The character who asks.
         */
        Interviewer: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Specialty
             * @default null
             */
            specialty?: string | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
        };
        /**
         * Job
         * @description A job that is not in the caller's list.
         *
         *     Attributes
         *     ----------
         *     title : str
         *         Title of the position.
         *     description : str or None
         *         Text of the posting.
         */
        Job: {
            /** Title */
            title: string;
            /**
             * Description
             * @default null
             */
            description?: string | null;
        };
        /**
         * ListedInterview
         * @description An interview in the list.
         */
        ListedInterview: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "completed" | "abandoned" | "cancelled";
            /** Type */
            type: string;
            /** Title */
            title: string | null;
            /** Score */
            score: number | null;
            /** Questions Answered */
            questions_answered: number;
            /** Total Questions */
            total_questions: number | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Completed At */
            completed_at: string | null;
        };
        /**
         * Measures
         * @description What was counted in an answer. ``seconds``: of its recording, or else how long it takes to say at the usual pace.
         *
         *     ``words_per_minute``: of a recording; null without one.
         */
        Measures: {
            /** Words */
            words: number;
            /** Sentences */
            sentences: number;
            /** Seconds */
            seconds: number;
            /** Fillers */
            fillers: number;
            /** Hedges */
            hedges: number;
            /** Figures */
            figures: number;
            /** First Person */
            first_person: number;
            /** We */
            we: number;
            /**
             * Words Per Minute
             * @default null
             */
            words_per_minute?: number | null;
        };
        /**
         * Price
         * @description What an interview costs.
         *
         *     Attributes
         *     ----------
         *     credits : int
         *         0 if the plan pays, or nobody.
         *     funding : str
         *         As in a receipt.
         *     state : str
         *         ``held`` until an answer is accepted, then ``charged``; ``returned`` if it ended or ran out without one.
         */
        Price: {
            /** Credits */
            credits: number;
            /** Funding */
            funding: string;
            /**
             * State
             * @enum {string}
             */
            state: "held" | "charged" | "returned";
        };
        /**
         * Question
         * @description A question of an interview.
         *
         *     Attributes
         *     ----------
         *     number : int
         *         From 1.
         *     text : str
         *         The question.
         *     kind : str
         *         ``behavioural``, ``technical`` or ``situational``.
         *     follows_up : bool
         *         Whether it follows up on the answer before.
         *     about : str or None
         *         JSON pointer to the place of the résumé that it is about.
         */
        Question: {
            /** Number */
            number: number;
            /** Text */
            text: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "behavioural" | "technical" | "situational";
            /**
             * Follows Up
             * @default false
             */
            follows_up?: boolean;
            /**
             * About
             * @default null
             */
            about?: string | null;
        };
        /**
         * Receipt
         * @description The cost of an operation, as every paid response shows it.
         *
         *     Attributes
         *     ----------
         *     usage_id : str or None
         *         The usage event; None for a dry run.
         *     operation : str
         *         Slug of the operation in the registry.
         *     charged : int
         *         Credits charged; 0 if the plan paid or nothing was delivered.
         *     funding : str or None
         *         ``plan``, ``credits``, ``unlimited`` (an administrator), ``offline`` (the free rule-based writer) or
         *         ``own_key`` (models with the user's own key).
         *     balance : int
         *         Credits that the user can spend afterwards.
         *     resets_at : str or None
         *         When the plan quota renews: ISO 8601 UTC, exactly as the database wrote it.
         */
        Receipt: {
            /** Usage Id */
            usage_id: string | null;
            /** Operation */
            operation: string;
            /** Charged */
            charged: number;
            /** Funding */
            funding: ("plan" | "credits" | "unlimited" | "offline" | "own_key") | null;
            /** Balance */
            balance: number;
            /** Resets At */
            resets_at: string | null;
        };
        /**
         * Report
         * @description The report of a completed interview.
         *
         *     Attributes
         *     ----------
         *     interview : InterviewView
         *         Questions, answers and feedback.
         *     score : int or None
         *         0 to 100: the mean of the answers that count; null if rules alone measured them.
         *     feedback : str
         *         The whole in a few sentences.
         *     strengths, improvements : list of str
         *         What was good, and what to work on, with words of the answers.
         *     next_steps : list of str
         *         What to do next; empty if the user turned `resume_tips` off.
         *     dimensions : list of DimensionSummary
         *         Empty without a score.
         *     rewrites : list of Rewrite
         *         Bullets that the answers can become.
         *     duration_seconds : int
         *         Without the breaks.
         */
        Report: {
            interview: components["schemas"]["InterviewView"];
            /** Score */
            score: number | null;
            /** Feedback */
            feedback: string;
            /** Strengths */
            strengths: string[];
            /** Improvements */
            improvements: string[];
            /** Next Steps */
            next_steps: string[];
            /** Dimensions */
            dimensions: components["schemas"]["DimensionSummary"][];
            /** Rewrites */
            rewrites: components["schemas"]["Rewrite"][];
            /** Duration Seconds */
            duration_seconds: number;
        };
        /**
         * Rewrite
         * @description What an answer can do for the résumé: a request to `generate`, which answers with bullets as a patch.
         *
         *     Attributes
         *     ----------
         *     question : int
         *         The question about a job of the résumé.
         *     about : str
         *         JSON pointer to the place of the résumé, in ``resume_version`` of the interview.
         *     request : dict
         *         Body for ``POST /functions/v1/generate``. The answers are its source, so every bullet is checked against them.
         */
        Rewrite: {
            /** Question */
            question: number;
            /** About */
            about: string;
            /** Request */
            request: {
                [key: string]: unknown;
            };
        };
        /**
         * StartRequest
         * @description What to practise.
         *
         *     Attributes
         *     ----------
         *     type : str
         *         ``chat``; ``voice``, whose answers may be recorded; ``resume_analyzer``, which asks for what the résumé leaves
         *         open.
         *     interviewer : str or None
         *         Slug or id of an interviewer; by default one who knows the role.
         *     role : str or None
         *         The role to practise for, if there is no job.
         *     job_id : UUID or None
         *         One of the caller's jobs.
         *     job : Job or None
         *         Or a job as text.
         *     resume_id : UUID or None
         *         One of the caller's résumés. Its present version is the subject.
         *     questions : int
         *         How many questions, follow-ups included.
         *     language : str
         *         Language of the questions: ``en``, ``de``, ``fr`` or ``es``.
         *     funding : str or None
         *         ``own_key``: the models of the caller's own keys conduct it.
         */
        StartRequest: {
            /**
             * Type
             * @default chat
             * @enum {string}
             */
            type?: "chat" | "resume_analyzer" | "voice";
            /**
             * Interviewer
             * @default null
             */
            interviewer?: string | null;
            /**
             * Role
             * @default null
             */
            role?: string | null;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /** @default null */
            job?: components["schemas"]["Job"] | null;
            /**
             * Resume Id
             * @default null
             */
            resume_id?: string | null;
            /**
             * Questions
             * @default 6
             */
            questions?: number;
            /**
             * Language
             * @default en
             */
            language?: string;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
        };
        /**
         * TaskState
         * @description A task.
         *
         *     Attributes
         *     ----------
         *     id : str or None
         *         For ``GET`` and ``DELETE …/tasks/{id}``; null if the request was answered before, not as a task.
         *     status : str
         *         ``waiting``, ``processing``, ``completed`` or ``failed``. The last two are final.
         *     progress : int
         *         Percent.
         *     result, receipt : object
         *         Of a completed task, as in the answer without a task. A task that is not metered itself has no receipt.
         *     error : object
         *         Of a failed task: problem details. The code of a cancelled one is ``cancelled``.
         */
        TaskState: {
            /** Id */
            id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "waiting" | "processing" | "completed" | "failed";
            /** Progress */
            progress: number;
            /**
             * Result
             * @default null
             */
            result?: unknown;
            /** @default null */
            receipt?: components["schemas"]["Receipt"] | null;
            /**
             * Error
             * @default null
             */
            error?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * TranscriptView
         * @description What was said in a recording. Answer with it, corrected where it is wrong.
         *
         *     Attributes
         *     ----------
         *     id : UUID
         *         The ``transcript_id`` of the answer.
         *     question : int
         *         The question.
         *     text : str
         *         The words.
         *     confidence : float or None
         *         0 to 1; null if the provider gives none.
         *     seconds : int
         *         How long the recording is.
         *     processing_time_ms : int
         *         How long it took to write down.
         *     recordings_left : int
         *         How many more recordings of this question can be written down.
         */
        TranscriptView: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Question */
            question: number;
            /** Text */
            text: string;
            /** Confidence */
            confidence: number | null;
            /** Seconds */
            seconds: number;
            /** Processing Time Ms */
            processing_time_ms: number;
            /** Recordings Left */
            recordings_left: number;
        };
        /**
         * TurnRequest
         * @description An answer.
         *
         *     Attributes
         *     ----------
         *     question : int
         *         Number of the question that it answers: the current one, or with ``retry`` one that is answered already.
         *     answer : str
         *         The caller's words.
         *     transcript_id : UUID or None
         *         The transcript that ``answer`` is the text of, with or without corrections.
         *     retry : bool
         *         Answer a question again. The better answer counts.
         */
        TurnRequest: {
            /** Question */
            question: number;
            /** Answer */
            answer: string;
            /**
             * Transcript Id
             * @default null
             */
            transcript_id?: string | null;
            /**
             * Retry
             * @default false
             */
            retry?: boolean;
        };
        /**
         * TurnResult
         * @description What an answer got.
         *
         *     Attributes
         *     ----------
         *     interview_id : UUID
         *         The interview.
         *     question : int
         *         Number of the answered question.
         *     feedback : Feedback
         *         On this answer.
         *     counts : bool
         *         Whether this answer counts: an earlier one may have been better.
         *     next : Question or None
         *         The question to answer now; null if all are answered: complete the interview.
         *     questions_answered, total_questions : int
         *         Progress.
         *     price : Price
         *         The first accepted answer charges the interview.
         */
        TurnResult: {
            /**
             * Interview Id
             * Format: uuid
             */
            interview_id: string;
            /** Question */
            question: number;
            feedback: components["schemas"]["Feedback"];
            /** Counts */
            counts: boolean;
            next: components["schemas"]["Question"] | null;
            /** Questions Answered */
            questions_answered: number;
            /** Total Questions */
            total_questions: number;
            price: components["schemas"]["Price"];
        };
        /** @description RFC 9457 problem details. Branch on `code`. Some errors add more members. */
        Problem: {
            /**
             * Format: uri
             * @example urn:resumebase:problem:insufficient_credits
             */
            type: string;
            title: string;
            status: number;
            code: string;
            detail: string;
            request_id: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    interview_get__health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check that the function is up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_get__openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return this API description. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    interview_get_: {
        parameters: {
            query?: {
                status?: ("active" | "completed" | "abandoned" | "cancelled") | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the caller's interviews, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InterviewList"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /** @description `validation_failed`: The request does not match its schema. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "validation_failed";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    interview_post_: {
        parameters: {
            query?: {
                /** @description Return the receipt that the call would produce, and change nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description Makes retries safe: a request with the same key and body is carried out and charged once. Without this header, a new key is generated. The response returns the key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRequest"];
            };
        };
        responses: {
            /** @description Start an interview and return its first question. The same key returns the interview as it is now. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    /** @description `true` if this is the stored answer of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["InterviewView"] | null;
                        receipt: components["schemas"]["Receipt"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_json";
                    };
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `insufficient_credits`: There are not enough credits for this operation. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "insufficient_credits";
                    };
                };
            };
            /**
             * @description `account_inactive`: This account is not active.
             *     `consent_required`: Agree to the use of AI first: set ai_consent_at in your settings.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required";
                    };
                };
            };
            /**
             * @description `interviewer_not_found`: This interviewer does not exist.
             *     `job_not_found`: This job does not exist.
             *     `resume_not_found`: This résumé does not exist.
             *     `user_not_found`: This user does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "interviewer_not_found" | "job_not_found" | "resume_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             *     `no_provider_key`: There is no API key of yours for an AI provider.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress" | "no_provider_key";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: This content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /**
             * @description `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `language_unavailable`: Interviews in this language are not available here.
             *     `unknown_operation`: This operation does not exist.
             *     `validation_failed`: The request does not match its schema.
             *     `voice_unavailable`: Voice interviews are not available here. Start a chat interview instead.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_idempotency_key" | "language_unavailable" | "unknown_operation" | "validation_failed" | "voice_unavailable";
                    };
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     `too_many_releases`: Too many attempts have failed today.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited" | "too_many_releases";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `spend_ceiling_reached`: The service has reached its spending limit for today.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable" | "spend_ceiling_reached";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_get__{id:uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return an interview with its current question, to go on with it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InterviewView"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_get__tasks_{id:uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return a task, with its result once it is completed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskState"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `task_not_found`: This task does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "task_not_found";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_delete__tasks_{id:uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a task. One that has ended stays as it is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskState"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `task_not_found`: This task does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "task_not_found";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_post__{id:uuid}_audio": {
        parameters: {
            query?: {
                /** @description Return the receipt that the call would produce, and change nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description Makes retries safe: a request with the same key and body is carried out and charged once. Without this header, a new key is generated. The response returns the key. */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer with a task at once instead of waiting for the result (RFC 7240). */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AudioRequest"];
            };
        };
        responses: {
            /** @description Write down a recorded answer, a long one as a task. It counts only once it is sent as an answer, corrected. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    /** @description `true` if this is the stored answer of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["TranscriptView"] | null;
                        receipt: components["schemas"]["Receipt"];
                    };
                };
            };
            /** @description A task, which is done later. */
            202: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    /** @description `true` if this is the stored answer of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    /** @description The task. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskState"];
                };
            };
            /** @description `invalid_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_json";
                    };
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `insufficient_credits`: There are not enough credits for this operation. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "insufficient_credits";
                    };
                };
            };
            /**
             * @description `account_inactive`: This account is not active.
             *     `consent_required`: Agree to the use of AI first: set ai_consent_at in your settings.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required";
                    };
                };
            };
            /**
             * @description `file_not_found`: This file does not exist.
             *     `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             *     `user_not_found`: This user does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "file_not_found" | "not_found" | "session_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             *     `no_provider_key`: There is no API key of yours for an AI provider.
             *     `session_not_active`: This interview has ended.
             *     `transcription_limit_reached`: This question has been recorded twice. Correct one of the transcripts, or type the answer.
             *     `turn_taken`: This is not the current question. Read the interview again.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress" | "no_provider_key" | "session_not_active" | "transcription_limit_reached" | "turn_taken";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /**
             * @description `audio_too_long`: This recording is too long.
             *     `file_too_large`: The file is too large.
             *     `payload_too_large`: The body is too large.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "audio_too_long" | "file_too_large" | "payload_too_large";
                    };
                };
            };
            /**
             * @description `unsupported_audio`: This recording cannot be read. Send WebM, Ogg, MP3, M4A, WAV or FLAC.
             *     `unsupported_media_type`: This content type is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "unsupported_audio" | "unsupported_media_type";
                    };
                };
            };
            /**
             * @description `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `model_refused`: The AI model declined this request.
             *     `no_speech`: Nobody speaks in this recording. Check the microphone and record it again.
             *     `unknown_operation`: This operation does not exist.
             *     `validation_failed`: The request does not match its schema.
             *     `voice_unavailable`: Voice interviews are not available here. Start a chat interview instead.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_idempotency_key" | "model_refused" | "no_speech" | "unknown_operation" | "validation_failed" | "voice_unavailable";
                    };
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     `too_many_releases`: Too many attempts have failed today.
             *     `too_many_tasks`: Too many tasks are open. Wait for one to end, or cancel one.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited" | "too_many_releases" | "too_many_tasks";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `model_answer_invalid`: The AI model did not return a usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "model_answer_invalid";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `model_unavailable`: The AI model is not available at the moment.
             *     `spend_ceiling_reached`: The service has reached its spending limit for today.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable" | "model_unavailable" | "spend_ceiling_reached";
                    };
                };
            };
            /**
             * @description `deadline_exceeded`: The request took too long.
             *     `model_timeout`: The AI model took too long to answer.
             */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded" | "model_timeout";
                    };
                };
            };
        };
    };
    "interview_post__{id:uuid}_turns": {
        parameters: {
            query?: {
                /** @description Return the receipt that the call would produce, and change nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description Makes retries safe: a request with the same key and body is carried out and charged once. Without this header, a new key is generated. The response returns the key. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TurnRequest"];
            };
        };
        responses: {
            /** @description Answer a question: feedback, and the next question. The first accepted answer charges the interview. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    /** @description `true` if this is the stored answer of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["TurnResult"] | null;
                        receipt: components["schemas"]["Receipt"];
                    };
                };
            };
            /** @description `invalid_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_json";
                    };
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `insufficient_credits`: There are not enough credits for this operation. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "insufficient_credits";
                    };
                };
            };
            /**
             * @description `account_inactive`: This account is not active.
             *     `consent_required`: Agree to the use of AI first: set ai_consent_at in your settings.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             *     `transcript_not_found`: There is no such transcript of an answer to this question.
             *     `user_not_found`: This user does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found" | "transcript_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             *     `no_provider_key`: There is no API key of yours for an AI provider.
             *     `session_not_active`: This interview has ended.
             *     `turn_limit_reached`: This interview has no room for another answer. Complete it.
             *     `turn_taken`: This is not the current question. Read the interview again.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress" | "no_provider_key" | "session_not_active" | "turn_limit_reached" | "turn_taken";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `unsupported_media_type`: This content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /**
             * @description `answer_too_short`: This is not an answer yet. Say at least a sentence; nothing was charged.
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `model_refused`: The AI model declined this request.
             *     `unknown_operation`: This operation does not exist.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "answer_too_short" | "invalid_idempotency_key" | "model_refused" | "unknown_operation" | "validation_failed";
                    };
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     `too_many_releases`: Too many attempts have failed today.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited" | "too_many_releases";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `model_answer_invalid`: The AI model did not return a usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "model_answer_invalid";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `model_unavailable`: The AI model is not available at the moment.
             *     `spend_ceiling_reached`: The service has reached its spending limit for today.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable" | "model_unavailable" | "spend_ceiling_reached";
                    };
                };
            };
            /**
             * @description `deadline_exceeded`: The request took too long.
             *     `model_timeout`: The AI model took too long to answer.
             */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded" | "model_timeout";
                    };
                };
            };
        };
    };
    "interview_post__{id:uuid}_complete": {
        parameters: {
            query?: {
                /** @description Return the receipt that the call would produce, and change nothing. */
                dry_run?: boolean;
            };
            header?: {
                /** @description Makes retries safe: a request with the same key and body is carried out and charged once. Without this header, a new key is generated. The response returns the key. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Score the interview and return its report. It may be repeated. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    /** @description `true` if this is the stored answer of an earlier request. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        result: components["schemas"]["Report"] | null;
                        receipt: components["schemas"]["Receipt"];
                    };
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `insufficient_credits`: There are not enough credits for this operation. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "insufficient_credits";
                    };
                };
            };
            /**
             * @description `account_inactive`: This account is not active.
             *     `consent_required`: Agree to the use of AI first: set ai_consent_at in your settings.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             *     `user_not_found`: This user does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             *     `no_provider_key`: There is no API key of yours for an AI provider.
             *     `nothing_answered`: No question has been answered yet. Answer one, or cancel the interview.
             *     `session_not_active`: This interview has ended.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress" | "no_provider_key" | "nothing_answered" | "session_not_active";
                    };
                };
            };
            /** @description `replay_gone`: The answer for this Idempotency-Key is no longer stored. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "replay_gone";
                    };
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large";
                    };
                };
            };
            /**
             * @description `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `model_refused`: The AI model declined this request.
             *     `unknown_operation`: This operation does not exist.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_idempotency_key" | "model_refused" | "unknown_operation" | "validation_failed";
                    };
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     `too_many_releases`: Too many attempts have failed today.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited" | "too_many_releases";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `model_answer_invalid`: The AI model did not return a usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "model_answer_invalid";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `model_unavailable`: The AI model is not available at the moment.
             *     `spend_ceiling_reached`: The service has reached its spending limit for today.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable" | "model_unavailable" | "spend_ceiling_reached";
                    };
                };
            };
            /**
             * @description `deadline_exceeded`: The request took too long.
             *     `model_timeout`: The AI model took too long to answer.
             */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded" | "model_timeout";
                    };
                };
            };
        };
    };
    "interview_get__{id:uuid}_report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return the report of a completed interview. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `session_not_active`: This interview has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "session_not_active";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_get__{id:uuid}_report_pdf": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return the report of a completed interview as a PDF. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `session_not_active`: This interview has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "session_not_active";
                    };
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_get__{id:uuid}_report_docx": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return the report of a completed interview as a Word document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `session_not_active`: This interview has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "session_not_active";
                    };
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_post__{id:uuid}_abandon": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Leave an interview without a score. What was charged stays charged. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InterviewView"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `session_not_active`: This interview has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "session_not_active";
                    };
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
    "interview_post__{id:uuid}_cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel an interview. If no answer was accepted, nothing is charged. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InterviewView"];
                };
            };
            /**
             * @description `expired_token`: The bearer token has expired.
             *     `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "expired_token" | "invalid_token" | "missing_token";
                    };
                };
            };
            /** @description `account_inactive`: This account is not active. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive";
                    };
                };
            };
            /**
             * @description `not_found`: Not found.
             *     `session_not_found`: This interview does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "session_not_found";
                    };
                };
            };
            /** @description `session_not_active`: This interview has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "session_not_active";
                    };
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large";
                    };
                };
            };
            /** @description `internal_error`: Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description `identity_unavailable`: Sign-in cannot be verified at the moment. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable";
                    };
                };
            };
            /** @description `deadline_exceeded`: The request took too long. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "deadline_exceeded";
                    };
                };
            };
        };
    };
}
