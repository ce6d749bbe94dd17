// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/resume-export/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["resume-export_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-export/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["resume-export_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-export/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a task, with its result once it is completed. */
        get: operations["resume-export_get__tasks_{id:uuid}"];
        put?: never;
        post?: never;
        /** Cancel a task. One that has ended stays as it is. */
        delete: operations["resume-export_delete__tasks_{id:uuid}"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a résumé to a file in storage and return a link to it, or answer with a task if the client prefers it. */
        post: operations["resume-export_post_"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/resume-export/letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a letter to a file in storage and return a link to it. */
        post: operations["resume-export_post__letters"];
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
         * Details
         * @description What was done to make a file. It is kept with it.
         *
         *     Attributes
         *     ----------
         *     pages : int or None
         *         How many pages it has, for PDF and PNG.
         *     fit : FitReport or None
         *         If ``max_pages`` was given.
         *     missing_glyphs : str
         *         Characters that no font has. A question mark stands for each.
         *     replaced_fonts : list of str
         *         Fonts of the template that another one stood in for.
         */
        Details: {
            /**
             * Pages
             * @default null
             */
            pages?: number | null;
            /** @default null */
            fit?: components["schemas"]["FitReport"] | null;
            /**
             * Missing Glyphs
             * @default
             */
            missing_glyphs?: string;
            /**
             * Replaced Fonts
             * @default []
             */
            replaced_fonts?: string[];
        };
        /**
         * ExportRequest
         * @description A résumé to write.
         *
         *     Attributes
         *     ----------
         *     resume_id : UUID
         *         The résumé, as it is saved.
         *     format : str
         *         ``pdf``, ``docx``, ``latex``, ``overleaf`` (a page that posts the LaTeX to Overleaf), ``html``, ``markdown``,
         *         ``text``, ``json`` (JSON Resume) or ``png`` (one page).
         *     template : str or None
         *         Slug of a built-in template or id of one of the user's own; by default that of the résumé, or ``modern-1``.
         *     max_pages : int or None
         *         For PDF and PNG: make it fit, within the bounds of the template.
         *     page : int
         *         For PNG: which page.
         *     language : str or None
         *         ISO 639-1, for headings and dates; guessed from the text if it is missing.
         *     paper : str or None
         *         ``a4`` or ``letter``; by default what the template states, or else that of the person's country.
         *     inline : bool
         *         Send the file in the answer too, in base64, if it has at most 4 MB.
         */
        ExportRequest: {
            /**
             * Resume Id
             * Format: uuid
             */
            resume_id: string;
            /**
             * Format
             * @enum {string}
             */
            format: "pdf" | "docx" | "latex" | "overleaf" | "html" | "markdown" | "text" | "json" | "png";
            /**
             * Template
             * @default null
             */
            template?: string | null;
            /**
             * Max Pages
             * @default null
             */
            max_pages?: number | null;
            /**
             * Page
             * @default 1
             */
            page?: number;
            /**
             * Language
             * @default null
             */
            language?: string | null;
            /**
             * Paper
             * @default null
             */
            paper?: ("a4" | "letter") | null;
            /**
             * Inline
             * @default false
             */
            inline?: boolean;
        };
        /**
         * ExportResult
         * @description The file.
         *
         *     Attributes
         *     ----------
         *     download_id : UUID
         *         Its row in ``resume_downloads``. Call `resume_download_hit` with it when the user downloads the file.
         *     format, media_type, file_name : str
         *         What it is, and a name to save it as.
         *     size : int
         *         Bytes.
         *     path : str
         *         In the bucket ``exports``.
         *     url : str
         *         A link that works for an hour.
         *     data : str or None
         *         The file in base64, if it was asked for and is small enough.
         *     is_new : bool
         *         False: the file of an earlier export, which would be the same.
         *     details : Details
         *         What was done to make it.
         */
        ExportResult: {
            /**
             * Download Id
             * Format: uuid
             */
            download_id: string;
            /**
             * Format
             * @enum {string}
             */
            format: "pdf" | "docx" | "latex" | "overleaf" | "html" | "markdown" | "text" | "json" | "png";
            /** Media Type */
            media_type: string;
            /** File Name */
            file_name: string;
            /** Size */
            size: number;
            /** Path */
            path: string;
            /** Url */
            url: string;
            /** Data */
            data: string | null;
            /** Is New */
            is_new: boolean;
            details: components["schemas"]["Details"];
        };
        /**
         * FitReport
         * @description How a résumé was fitted to a number of pages.
         *
         *     Attributes
         *     ----------
         *     requested, pages : int
         *         Pages that were asked for, and that it has.
         *     fits : bool
         *         Whether it fits within the bounds of the template.
         *     size : float
         *         Size of the text in points.
         *     line_height : float
         *         Relative to the size.
         */
        FitReport: {
            /** Requested */
            requested: number;
            /** Pages */
            pages: number;
            /** Fits */
            fits: boolean;
            /** Size */
            size: number;
            /** Line Height */
            line_height: number;
        };
        /**
         * LetterRequest
         * @description A letter to write.
         *
         *     Attributes
         *     ----------
         *     document_id : UUID
         *         The letter, in ``generated_documents``.
         *     format : str
         *         ``pdf`` or ``docx``.
         *     template : str or None
         *         As for a résumé; by default that of the letter's résumé, or ``modern-1``.
         *     date : date or None
         *         The day that it is written; by default today, in UTC.
         *     recipient : list of str or None
         *         Lines of the address; by default the employer of a cover letter's job.
         *     subject : str or None
         *         The line above the greeting.
         *     language, paper, inline
         *         As for a résumé.
         */
        LetterRequest: {
            /**
             * Document Id
             * Format: uuid
             */
            document_id: string;
            /**
             * Format
             * @enum {string}
             */
            format: "pdf" | "docx";
            /**
             * Template
             * @default null
             */
            template?: string | null;
            /**
             * Date
             * @default null
             */
            date?: string | null;
            /**
             * Recipient
             * @default null
             */
            recipient?: string[] | null;
            /**
             * Subject
             * @default null
             */
            subject?: string | null;
            /**
             * Language
             * @default null
             */
            language?: string | null;
            /**
             * Paper
             * @default null
             */
            paper?: ("a4" | "letter") | null;
            /**
             * Inline
             * @default false
             */
            inline?: boolean;
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
    "resume-export_get__health": {
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
    "resume-export_get__openapi.json": {
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
    "resume-export_get__tasks_{id:uuid}": {
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
    "resume-export_delete__tasks_{id:uuid}": {
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
    "resume-export_post_": {
        parameters: {
            query?: never;
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
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description Write a résumé to a file in storage and return a link to it, or answer with a task if the client prefers it. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportResult"];
                };
            };
            /** @description A task, which is done later. */
            202: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
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
            /**
             * @description `account_inactive`: This account is not active.
             *     `premium_template`: This template comes with a paid plan.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "premium_template";
                    };
                };
            };
            /**
             * @description `resume_not_found`: This résumé does not exist.
             *     `template_not_found`: This template does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "resume_not_found" | "template_not_found";
                    };
                };
            };
            /** @description `idempotency_conflict`: This Idempotency-Key was used for a different request. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "idempotency_conflict";
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body is too large.
             *     `storage_limit_reached`: There is no room left for the result.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large" | "storage_limit_reached";
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
             *     `resume_too_long`: This résumé is too long to export.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_idempotency_key" | "resume_too_long" | "validation_failed";
                    };
                };
            };
            /**
             * @description `rate_limited`: Too many requests.
             *     `too_many_tasks`: Too many tasks are open. Wait for one to end, or cancel one.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "rate_limited" | "too_many_tasks";
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
    "resume-export_post__letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LetterRequest"];
            };
        };
        responses: {
            /** @description Write a letter to a file in storage and return a link to it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportResult"];
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
            /**
             * @description `account_inactive`: This account is not active.
             *     `premium_template`: This template comes with a paid plan.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "premium_template";
                    };
                };
            };
            /**
             * @description `letter_not_found`: This letter does not exist.
             *     `template_not_found`: This template does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "letter_not_found" | "template_not_found";
                    };
                };
            };
            /**
             * @description `payload_too_large`: The body is too large.
             *     `storage_limit_reached`: There is no room left for the result.
             */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payload_too_large" | "storage_limit_reached";
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
             * @description `resume_too_long`: This résumé is too long to export.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "resume_too_long" | "validation_failed";
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
}
