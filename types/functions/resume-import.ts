// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/resume-import/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["resume-import_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-import/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["resume-import_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-import/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a task, with its result once it is completed. */
        get: operations["resume-import_get__tasks_{id:uuid}"];
        put?: never;
        post?: never;
        /** Cancel a task. One that has ended stays as it is. */
        delete: operations["resume-import_delete__tasks_{id:uuid}"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a résumé from a file or a text, or propose a patch for one. An upload can be imported as a task. */
        post: operations["resume-import_post_"];
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
         * ImportRequest
         * @description A résumé to import: exactly one of ``upload_id``, ``file`` and ``text``.
         *
         *     Attributes
         *     ----------
         *     upload_id : UUID or None
         *         A row of ``resume_uploads``, whose file is in the bucket ``resumes``.
         *     file : InlineFile or None
         *         A file inside the request.
         *     text : str or None
         *         A pasted text.
         *     resume_id : UUID or None
         *         Propose a patch for this résumé. Without it, the import makes a new one.
         *     title : str or None
         *         Title of the new résumé; by default the person's name, or the name of the file.
         */
        ImportRequest: {
            /**
             * Upload Id
             * @default null
             */
            upload_id?: string | null;
            /** @default null */
            file?: components["schemas"]["InlineFile"] | null;
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * Resume Id
             * @default null
             */
            resume_id?: string | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
        };
        /**
         * ImportResult
         * @description What was read from a file.
         *
         *     Attributes
         *     ----------
         *     status : str
         *         ``ok``; ``needs_review``: look at the fields in ``review``; ``partial``: ``notes`` say what is missing.
         *     resume_id : UUID or None
         *         The new résumé; None for a proposal.
         *     upload_id : UUID or None
         *         The row that keeps the file and what was read; None for a pasted text.
         *     content : dict
         *         Résumé content.
         *     patch : list or None
         *         JSON Patch (RFC 6902) from the named résumé to what the file says; None without ``resume_id``.
         *     base_version : int or None
         *         Version of the résumé that the patch is for. Save the result with `resume_save`.
         *     confidence : float
         *         Of all of it, from 0 to 1.
         *     fields : list of ImportedField
         *         Empty for files that hold data and not pages.
         *     review : list of str
         *         JSON Pointers of fields to look at. One that is missing from the file counts.
         *     notes : list of str
         *         What a person should know.
         *     source : str
         *         What was read: ``pdf``, ``docx``, ``text``, ``json_resume``, ``resumebase``, ``attachment``, ``rendercv``,
         *         ``reactive_resume`` or ``linkedin``.
         *     design : dict or None
         *         The look of a PDF: the `design` of a template of type ``extracted``, to be saved in `resume_templates` if the
         *         user wants it. None for other files.
         */
        ImportResult: {
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "needs_review" | "partial";
            /** Resume Id */
            resume_id: string | null;
            /** Upload Id */
            upload_id: string | null;
            /** Content */
            content: {
                [key: string]: unknown;
            };
            /** Patch */
            patch: {
                [key: string]: unknown;
            }[] | null;
            /** Base Version */
            base_version: number | null;
            /** Confidence */
            confidence: number;
            /** Fields */
            fields: components["schemas"]["ImportedField"][];
            /** Review */
            review: string[];
            /** Notes */
            notes: string[];
            /** Source */
            source: string;
            /**
             * Design
             * @default null
             */
            design?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * ImportedField
         * @description A field of the content: how sure its value is, and where the file has it.
         *
         *     Attributes
         *     ----------
         *     pointer : str
         *         JSON Pointer into ``content``.
         *     confidence : float
         *         From 0 to 1.
         *     page : int or None
         *         From 1; None where the file has no pages.
         *     box : list of float or None
         *         Left, top, right and bottom in points from the page's top left corner.
         *     found_by : str
         *         Who found it.
         */
        ImportedField: {
            /** Pointer */
            pointer: string;
            /** Confidence */
            confidence: number;
            /** Page */
            page: number | null;
            /** Box */
            box: number[] | null;
            /**
             * Found By
             * @default rules
             * @constant
             */
            found_by?: "rules";
        };
        /**
         * InlineFile
         * @description A file inside the request.
         *
         *     Attributes
         *     ----------
         *     name : str
         *         Its name. The type is found from the content.
         *     data : str
         *         Its bytes in base64; 4 MB at most. Upload larger files to the bucket ``resumes``.
         */
        InlineFile: {
            /** Name */
            name: string;
            /** Data */
            data: string;
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
    "resume-import_get__health": {
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
    "resume-import_get__openapi.json": {
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
    "resume-import_get__tasks_{id:uuid}": {
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
    "resume-import_delete__tasks_{id:uuid}": {
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
    "resume-import_post_": {
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
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            /** @description Make a résumé from a file or a text, or propose a patch for one. An upload can be imported as a task. */
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
                        result: components["schemas"]["ImportResult"] | null;
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
             *     `resume_limit_reached`: Your plan allows no more résumés.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required" | "resume_limit_reached";
                    };
                };
            };
            /**
             * @description `file_not_found`: This file does not exist.
             *     `resume_not_found`: This résumé does not exist.
             *     `upload_not_found`: This upload does not exist.
             *     `user_not_found`: This user does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "file_not_found" | "resume_not_found" | "upload_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress";
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
             * @description `document_too_large`: This file is too large.
             *     `file_too_large`: The file is too large.
             *     `payload_too_large`: The body is too large.
             *     `storage_limit_reached`: There is no room left for the result.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "document_too_large" | "file_too_large" | "payload_too_large" | "storage_limit_reached";
                    };
                };
            };
            /**
             * @description `document_type_unsupported`: This type of file is not read.
             *     `unsupported_media_type`: This content type is not supported.
             */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "document_type_unsupported" | "unsupported_media_type";
                    };
                };
            };
            /**
             * @description `content_invalid`: The résumé content does not match its schema.
             *     `document_damaged`: This file is damaged or incomplete.
             *     `document_encrypted`: This file is protected by a password.
             *     `document_too_slow`: This file takes too long to read.
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `no_text`: This file has no text.
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
                        code?: "content_invalid" | "document_damaged" | "document_encrypted" | "document_too_slow" | "invalid_idempotency_key" | "no_text" | "unknown_operation" | "validation_failed";
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
}
