// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/ats-scan/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["ats-scan_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/ats-scan/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["ats-scan_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/ats-scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan a résumé by rules: its file, a job, or both. */
        post: operations["ats-scan_post_"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/ats-scan/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare up to ten résumés with up to ten jobs: which one for which job, and what to fix first. */
        post: operations["ats-scan_post__matrix"];
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
         * Cell
         * @description One pair. ``missing`` and ``unknown`` name the requirements; `Coverage` explains the rest.
         */
        Cell: {
            /**
             * Resume Id
             * Format: uuid
             */
            resume_id: string;
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /** Score */
            score: number | null;
            /** Reason */
            reason: string | null;
            /** Points */
            points: number;
            /** Possible */
            possible: number;
            /** Missing */
            missing: string[];
            /** Unknown */
            unknown: string[];
        };
        /**
         * Coverage
         * @description How far the résumé covers the job. ``score`` is null if nothing can be judged; ``reason`` says why.
         */
        Coverage: {
            /** Score */
            score: number | null;
            /** Reason */
            reason: string | null;
            /** Points */
            points: number;
            /** Possible */
            possible: number;
            /** Requirements */
            requirements: components["schemas"]["RequirementResult"][];
            /** Credit */
            credit: string;
        };
        /**
         * Difference
         * @description A row that is read otherwise in the order of the file.
         */
        Difference: {
            /** Page */
            page: number;
            /** Row */
            row: string;
            /** Stream */
            stream: string[];
        };
        /**
         * Fix
         * @description Something that the best résumés lack. ``gain`` is the sum of its points over the jobs.
         */
        Fix: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "skill" | "years" | "degree" | "language" | "certificate" | "soft";
            /** Options */
            options: string[];
            /** Minimum */
            minimum: number | string | null;
            /** Gain */
            gain: number;
            /** Next Step */
            next_step: string;
            /** Where */
            where: components["schemas"]["FixPlace"][];
        };
        /**
         * FixPlace
         * @description A job that asks for it, in its words, and the job's best résumé, which lacks it.
         */
        FixPlace: {
            /**
             * Job Id
             * Format: uuid
             */
            job_id: string;
            /**
             * Resume Id
             * Format: uuid
             */
            resume_id: string;
            /** Quote */
            quote: string;
            /**
             * Level
             * @enum {string}
             */
            level: "required" | "preferred";
        };
        /**
         * JobPosting
         * @description A job that is not saved.
         *
         *     Attributes
         *     ----------
         *     title, company : str or None
         *         For the history of scans.
         *     description : str
         *         The text of the posting.
         */
        JobPosting: {
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
            /** Description */
            description: string;
        };
        /**
         * MatrixJob
         * @description A job and the résumé that covers it best; null if no score could be given.
         */
        MatrixJob: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Title */
            title: string;
            /** Company */
            company: string | null;
            /** Status */
            status: string;
            /** Best Resume Id */
            best_resume_id: string | null;
        };
        /**
         * MatrixRequest
         * @description Which résumés to compare with which saved jobs: up to ten of each.
         *
         *     Attributes
         *     ----------
         *     resume_ids, job_ids : list of UUID
         *         The caller's, each once.
         */
        MatrixRequest: {
            /** Resume Ids */
            resume_ids: string[];
            /** Job Ids */
            job_ids: string[];
        };
        /**
         * MatrixResult
         * @description Résumés against jobs: a cell for each pair, the best résumé of each job, and what to fix first.
         */
        MatrixResult: {
            /** Version */
            version: string;
            /** Resumes */
            resumes: components["schemas"]["MatrixResume"][];
            /** Jobs */
            jobs: components["schemas"]["MatrixJob"][];
            /** Cells */
            cells: components["schemas"]["Cell"][];
            /** Fix First */
            fix_first: components["schemas"]["Fix"][];
            /** Credit */
            credit: string;
        };
        /**
         * MatrixResume
         * @description A résumé, in the version that was compared.
         */
        MatrixResume: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Title */
            title: string;
            /** Version */
            version: number;
        };
        /**
         * Parseability
         * @description How well machines can read the file. ``score`` is 100 minus the points of each failed rule, at most ``cap``.
         */
        Parseability: {
            /** Score */
            score: number;
            /** Cap */
            cap: number;
            /** Rules */
            rules: components["schemas"]["RuleResult"][];
            /** Stream */
            stream: components["schemas"]["Spot"][];
            /** Rows */
            rows: components["schemas"]["Spot"][];
            /** Differences */
            differences: components["schemas"]["Difference"][];
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
         * RequirementResult
         * @description One requirement of the job, and what the résumé shows of it.
         */
        RequirementResult: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "skill" | "years" | "degree" | "language" | "certificate" | "soft";
            /**
             * Level
             * @enum {string}
             */
            level: "required" | "preferred";
            /** Options */
            options: string[];
            /** Minimum */
            minimum: number | string | null;
            /** Quote */
            quote: string;
            /** Start */
            start: number;
            /** End */
            end: number;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "found" | "variant" | "missing" | "unknown";
            /** Where */
            where: string[];
            /** Found */
            found: string;
            /** Reason */
            reason: string;
            /** Points */
            points: number;
            /** Possible */
            possible: number;
            /** Next Step */
            next_step: string;
        };
        /**
         * RuleResult
         * @description One rule, applied to the file.
         */
        RuleResult: {
            /** Id */
            id: string;
            /** Title */
            title: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pass" | "fail" | "unknown";
            /**
             * Severity
             * @enum {string}
             */
            severity: "blocker" | "major" | "minor";
            /** Points */
            points: number;
            /** Evidence */
            evidence: components["schemas"]["Spot"][];
            /** Reason */
            reason: string;
            /** Next Step */
            next_step: string;
            source: components["schemas"]["Source"];
        };
        /**
         * ScanRequest
         * @description What to scan: a résumé with a job, with its file, or with both.
         *
         *     Attributes
         *     ----------
         *     resume_id : UUID
         *         The résumé.
         *     job_id : UUID or None
         *         A saved job.
         *     job : JobPosting or None
         *         A job that is not saved.
         *     upload_id : UUID or None
         *         The file of the résumé, a row of ``resume_uploads``.
         */
        ScanRequest: {
            /**
             * Resume Id
             * Format: uuid
             */
            resume_id: string;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /** @default null */
            job?: components["schemas"]["JobPosting"] | null;
            /**
             * Upload Id
             * @default null
             */
            upload_id?: string | null;
        };
        /**
         * ScanResult
         * @description The answer of a paid scan.
         *
         *     Attributes
         *     ----------
         *     resume_version : int
         *         Version of the résumé that was scanned.
         *     analysis_ids : list of UUID
         *         The rows of ``analyses`` that keep the parts: first that of the file, then that of the job.
         */
        ScanResult: {
            /** Version */
            version: string;
            parseability: components["schemas"]["Parseability"] | null;
            coverage: components["schemas"]["Coverage"] | null;
            /** Resume Version */
            resume_version: number;
            /** Analysis Ids */
            analysis_ids: string[];
        };
        /**
         * Source
         * @description Where a rule comes from.
         *
         *     Attributes
         *     ----------
         *     level : str
         *         ``vendor``: a maker of such systems says so; ``public``: a public standard does; ``inference``: ours.
         *     name, url : str
         *         Who says so, and where; no URL for ``inference``.
         */
        Source: {
            /**
             * Level
             * @enum {string}
             */
            level: "vendor" | "public" | "inference";
            /** Name */
            name: string;
            /**
             * Url
             * @default null
             */
            url?: string | null;
        };
        /**
         * Spot
         * @description A place in the file: page from 1, and the text there.
         */
        Spot: {
            /** Page */
            page: number;
            /** Text */
            text: string;
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
    "ats-scan_get__health": {
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
    "ats-scan_get__openapi.json": {
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
    "ats-scan_post_": {
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
                "application/json": components["schemas"]["ScanRequest"];
            };
        };
        responses: {
            /** @description Scan a résumé by rules: its file, a job, or both. */
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
                        result: components["schemas"]["ScanResult"] | null;
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
             * @description `file_not_found`: This file does not exist.
             *     `job_not_found`: This job does not exist.
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
                        code?: "file_not_found" | "job_not_found" | "resume_not_found" | "upload_not_found" | "user_not_found";
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
             * @description `file_too_large`: The file is too large.
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
                        code?: "file_too_large" | "payload_too_large" | "storage_limit_reached";
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
             * @description `document_too_slow`: This file takes too long to read.
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `nothing_to_compare`: This job has no description to compare with.
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
                        code?: "document_too_slow" | "invalid_idempotency_key" | "nothing_to_compare" | "unknown_operation" | "validation_failed";
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
    "ats-scan_post__matrix": {
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
                "application/json": components["schemas"]["MatrixRequest"];
            };
        };
        responses: {
            /** @description Compare up to ten résumés with up to ten jobs: which one for which job, and what to fix first. */
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
                        result: components["schemas"]["MatrixResult"] | null;
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
             * @description `job_not_found`: This job does not exist.
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
                        code?: "job_not_found" | "resume_not_found" | "user_not_found";
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
             *     `nothing_to_compare`: This job has no description to compare with.
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
                        code?: "invalid_idempotency_key" | "nothing_to_compare" | "unknown_operation" | "validation_failed";
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
}
