// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/generate/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["generate_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/generate/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["generate_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/generate/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a task, with its result once it is completed. */
        get: operations["generate_get__tasks_{id:uuid}"];
        put?: never;
        post?: never;
        /** Cancel a task. One that has ended stays as it is. */
        delete: operations["generate_delete__tasks_{id:uuid}"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write texts that state only facts from the résumé and the request. A batch is answered with a task. */
        post: operations["generate_post_"];
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
         * AnalysedFinding
         * @description A finding of the scan, and what to do about it.
         *
         *     Attributes
         *     ----------
         *     id : int
         *         Its number, from 1, in the order of the advertisement.
         *     level : str
         *         ``required`` or ``preferred``.
         *     options : list of str
         *         What is asked for; one of them is enough.
         *     quote : str
         *         Where the advertisement asks for it.
         *     verdict : str
         *         ``found``, ``variant``, ``missing`` or ``unknown``.
         *     where : list of str
         *         JSON Pointers of the places that show it.
         *     reason : str
         *         Why the verdict is what it is.
         *     next_step : str
         *         What the rules say to do.
         *     advice : str or None
         *         What the model says to do; nobody has checked it.
         */
        AnalysedFinding: {
            /** Id */
            id: number;
            /**
             * Level
             * @enum {string}
             */
            level: "required" | "preferred";
            /** Options */
            options: string[];
            /** Quote */
            quote: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "found" | "variant" | "missing" | "unknown";
            /** Where */
            where: string[];
            /** Reason */
            reason: string;
            /** Next Step */
            next_step: string;
            /** Advice */
            advice: string | null;
        };
        /**
         * AnalysisInput
         * @description Nothing: the job says what to compare with.
         */
        AnalysisInput: Record<string, never>;
        /**
         * AnalysisRequest
         * @description Advise on a résumé for a saved job.
         */
        AnalysisRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "full_analysis";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /** @default {} */
            input?: components["schemas"]["AnalysisInput"];
        };
        /**
         * AnalysisResult
         * @description The findings with their advice; ``score`` is that of the scan, null if nothing can be judged.
         *
         *     Attributes
         *     ----------
         *     file : ScannedFile or None
         *         Findings about the file; None if none was scanned.
         *     removed : list of Removed
         *         Advice with a figure that neither the résumé nor the advertisement has.
         */
        AnalysisResult: {
            /** Score */
            score: number | null;
            /** Findings */
            findings: components["schemas"]["AnalysedFinding"][];
            file: components["schemas"]["ScannedFile"] | null;
            /** Removed */
            removed: components["schemas"]["Removed"][];
            /**
             * Kept Id
             * Format: uuid
             */
            kept_id: string;
            model: components["schemas"]["UsedModel"];
            /** Credit */
            credit: string;
        };
        /**
         * AnswerInput
         * @description The question, and how to answer it.
         *
         *     Attributes
         *     ----------
         *     question : str
         *         As the form has it. It is no source.
         *     max_characters : int or None
         *         The form's limit. An answer never exceeds it.
         *     length : str
         *         If there is no limit: ``short`` (about 60 words), ``medium`` (about 120) or ``long`` (about 250).
         *     tone : str
         *         ``neutral``, ``confident`` or ``warm``.
         *     language : str or None
         *         By default the language of the question.
         *     notes : str or None
         *         Facts and reasons in the user's own words. They count as a source, like the résumé.
         */
        AnswerInput: {
            /** Question */
            question: string;
            /**
             * Max Characters
             * @default null
             */
            max_characters?: number | null;
            /**
             * Length
             * @default medium
             * @enum {string}
             */
            length?: "short" | "medium" | "long";
            /**
             * Tone
             * @default neutral
             * @enum {string}
             */
            tone?: "neutral" | "confident" | "warm";
            /**
             * Language
             * @default null
             */
            language?: ("en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "sv" | "hi" | "ja" | "zh") | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
        };
        /**
         * AnswerRequest
         * @description Answer a question of an application form, optionally for a saved job.
         */
        AnswerRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "answer";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            input: components["schemas"]["AnswerInput"];
        };
        /**
         * AnswerResult
         * @description The answer, and what it leaves open.
         *
         *     Attributes
         *     ----------
         *     missing : str or None
         *         What the question asks for and neither the résumé nor the notes say, in the model's words. Ask for notes on it.
         */
        AnswerResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Text */
            text: string;
            /** Missing */
            missing: string | null;
        };
        /**
         * AnyResult
         * @description The result of a `GenerateRequest`; a `BatchResult` comes with its task.
         */
        AnyResult: components["schemas"]["TextResult"] | components["schemas"]["ItemsResult"] | components["schemas"]["SkillsResult"] | components["schemas"]["AnswerResult"] | components["schemas"]["TailorResult"] | components["schemas"]["TranslateResult"] | components["schemas"]["JobExtractResult"] | components["schemas"]["MatchResult"] | components["schemas"]["AnalysisResult"] | components["schemas"]["FullResumeResult"] | components["schemas"]["BatchResult"];
        /**
         * BatchInput
         * @description The requests of a batch. Each is charged by itself.
         */
        BatchInput: {
            /** Requests */
            requests: (components["schemas"]["SummaryRequest"] | components["schemas"]["BulletsRequest"] | components["schemas"]["ImproveRequest"] | components["schemas"]["SkillsRequest"] | components["schemas"]["CoverLetterRequest"] | components["schemas"]["AnswerRequest"] | components["schemas"]["OutreachRequest"] | components["schemas"]["TailorRequest"] | components["schemas"]["TranslateRequest"] | components["schemas"]["JobExtractRequest"] | components["schemas"]["MatchRequest"] | components["schemas"]["AnalysisRequest"] | components["schemas"]["FullResumeRequest"])[];
        };
        /**
         * BatchItem
         * @description The answer to one request of a batch: ``result`` and ``receipt``, or ``error``.
         *
         *     Attributes
         *     ----------
         *     error : dict or None
         *         Problem details. Nothing was charged for this one.
         */
        BatchItem: {
            /** @default null */
            result?: components["schemas"]["GenerateResult"] | null;
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
         * BatchRequest
         * @description Write several texts, as a task.
         */
        BatchRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "batch";
            input: components["schemas"]["BatchInput"];
        };
        /**
         * BatchResult
         * @description The result of a batch: the answers in the order of its requests.
         */
        BatchResult: {
            /** Items */
            items: components["schemas"]["BatchItem"][];
        };
        /**
         * BulletsInput
         * @description The subject of the bullets: a job of the résumé, the user's own words, or both.
         *
         *     Attributes
         *     ----------
         *     experience : int, str or None
         *         Index (from 0) or ``id`` of an entry under ``experience``. Requires a ``resume_id``.
         *     notes : str or None
         *         A description of the work in the user's own words.
         *     question : str or None
         *         The question that the notes answer. It is kept with the bullets, and no source.
         *     session_id : UUID or None
         *         The interview that the question and the notes come from. It is kept with the bullets.
         *     count : int
         *         Maximum number of bullets.
         *     placement : str or None
         *         Whether the patch replaces the entry's bullets (``replace``) or adds to them (``append``). The default is
         *         ``append`` with notes and ``replace`` without.
         */
        BulletsInput: {
            /**
             * Experience
             * @default null
             */
            experience?: number | string | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
            /**
             * Question
             * @default null
             */
            question?: string | null;
            /**
             * Session Id
             * @default null
             */
            session_id?: string | null;
            /**
             * Count
             * @default 4
             */
            count?: number;
            /**
             * Placement
             * @default null
             */
            placement?: ("replace" | "append") | null;
        };
        /**
         * BulletsRequest
         * @description Write bullet points for a job of the résumé, or from the user's own words.
         */
        BulletsRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "GENERATE_BULLETS" | "bullets";
            /**
             * Resume Id
             * @default null
             */
            resume_id?: string | null;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            input: components["schemas"]["BulletsInput"];
        };
        /**
         * Change
         * @description A change that the user can accept by itself.
         *
         *     Attributes
         *     ----------
         *     kind : str
         *         ``reword`` or ``reorder``.
         *     path : str
         *         JSON Pointer of the text or list.
         *     before, after : str or list of str
         *         What stands there, and what the change makes of it.
         *     patch : list of dict
         *         JSON Patch of this change alone. Any choice of changes can be applied, in the order of the answer.
         *     reason : str
         *         What it shows this employer: advice of the model, which nobody has checked.
         *     asked : str or None
         *         The words of the advertisement that it answers; None if the advertisement does not have them.
         *     finding : int or None
         *         Number of the scan's finding about those words, from 1 in the order of the advertisement; None if it has none.
         *     evidence : list of str
         *         JSON Pointers of the lines that it rests on.
         *     verdict : str
         *         ``supported`` if every sentence is, else ``unverified``.
         *     applied : bool
         *         Whether the result's patch, or its variant, has it.
         */
        Change: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "reword" | "reorder";
            /** Path */
            path: string;
            /** Before */
            before: string | string[];
            /** After */
            after: string | string[];
            /** Patch */
            patch: components["schemas"]["Operation"][];
            /** Reason */
            reason: string;
            /** Asked */
            asked: string | null;
            /**
             * Finding
             * @default null
             */
            finding?: number | null;
            /** Evidence */
            evidence: string[];
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "supported" | "unverified";
            /**
             * Applied
             * @default true
             */
            applied?: boolean;
        };
        /**
         * CheckedSentence
         * @description A sentence of the answer, what is known of it, and the places of the résumé that it rests on.
         *
         *     Attributes
         *     ----------
         *     item : int
         *         Which of the texts, from 0.
         *     start, end : int
         *         Its span in that text, in code points.
         *     verdict : str
         *         ``supported``, ``unsupported`` or ``unverified``.
         *     by : str
         *         Who decided: ``rules`` or ``verifier``.
         *     evidence : list of str
         *         JSON Pointers into the résumé's content. The user's notes have none.
         *     how : str or None
         *         For a supported sentence: ``verbatim``, ``paraphrase``, ``derived`` or ``no_claim``.
         *     reason : str or None
         *         For the others: why.
         */
        CheckedSentence: {
            /** Item */
            item: number;
            /** Start */
            start: number;
            /** End */
            end: number;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "supported" | "unsupported" | "unverified";
            /**
             * By
             * @enum {string}
             */
            by: "rules" | "verifier";
            /** Evidence */
            evidence: string[];
            /** How */
            how: ("verbatim" | "paraphrase" | "derived" | "no_claim") | null;
            /** Reason */
            reason: ("quantity" | "stronger_act" | "another_person" | "not_stated" | "stronger_award_or_level" | "another_job" | "negation") | ("quantity" | "name" | "not_stated" | "calculation" | "unsure" | "not_answered" | "answer_malformed" | "flagged_once") | null;
        };
        /**
         * CoverLetterInput
         * @description How the letter is written.
         *
         *     Attributes
         *     ----------
         *     length : str
         *         ``short`` (about 120 words), ``medium`` (about 200) or ``long`` (about 320).
         *     tone : str
         *         ``neutral``, ``confident`` or ``warm``.
         *     language : str or None
         *         By default the language of the advertisement.
         *     recipient : str or None
         *         Who is addressed, such as ``Ms Ferrari``; by default the hiring team.
         *     notes : str or None
         *         Facts and reasons in the user's own words. They count as a source, like the résumé.
         */
        CoverLetterInput: {
            /**
             * Length
             * @default medium
             * @enum {string}
             */
            length?: "short" | "medium" | "long";
            /**
             * Tone
             * @default neutral
             * @enum {string}
             */
            tone?: "neutral" | "confident" | "warm";
            /**
             * Language
             * @default null
             */
            language?: ("en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "sv" | "hi" | "ja" | "zh") | null;
            /**
             * Recipient
             * @default null
             */
            recipient?: string | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
        };
        /**
         * CoverLetterRequest
         * @description Write a cover letter for a saved job.
         */
        CoverLetterRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "cover_letter";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "length": "medium",
             *       "tone": "neutral",
             *       "language": null,
             *       "recipient": null,
             *       "notes": null
             *     }
             */
            input?: components["schemas"]["CoverLetterInput"];
        };
        /**
         * ExtractedData
         * @description What an advertisement states: ``jobs.extracted_data``.
         */
        ExtractedData: {
            /** Requiredskills */
            requiredSkills: string[];
            /** Preferredskills */
            preferredSkills: string[];
            /** Requiredexperience */
            requiredExperience: string | null;
            /** Education */
            education: string | null;
            /** Responsibilities */
            responsibilities: string[];
            /** Keywords */
            keywords: string[];
        };
        /**
         * FileFinding
         * @description A rule that the file breaks, and what to do about it.
         *
         *     Attributes
         *     ----------
         *     id : int
         *         Its number, behind those of the findings about the job.
         *     rule : str
         *         The rule's id (docs/scan.md).
         *     severity : str
         *         ``blocker``, ``major`` or ``minor``.
         *     title, reason, next_step : str
         *         What the rule demands, why, and what the rules say to do.
         *     pages : list of int
         *         Where, from 1.
         *     advice : str or None
         *         What the model says to do; nobody has checked it.
         */
        FileFinding: {
            /** Id */
            id: number;
            /** Rule */
            rule: string;
            /**
             * Severity
             * @enum {string}
             */
            severity: "blocker" | "major" | "minor";
            /** Title */
            title: string;
            /** Reason */
            reason: string;
            /** Next Step */
            next_step: string;
            /** Pages */
            pages: number[];
            /** Advice */
            advice: string | null;
        };
        /**
         * FullResumeInput
         * @description What the résumé is written from, and how.
         *
         *     Attributes
         *     ----------
         *     session_id : UUID or None
         *         A completed interview, whose answers count as the user's own words. Its résumé, if it had one, is the base.
         *     length : str
         *         ``short`` (up to 3 bullets a job), ``medium`` (up to 5) or ``long`` (up to 7).
         *     tone : str
         *         Of the summary.
         *     title : str or None
         *         Title of the new résumé.
         *     template_id : UUID or None
         *         Its template; by default that of everybody.
         */
        FullResumeInput: {
            /**
             * Session Id
             * @default null
             */
            session_id?: string | null;
            /**
             * Length
             * @default medium
             * @enum {string}
             */
            length?: "short" | "medium" | "long";
            /**
             * Tone
             * @default neutral
             * @enum {string}
             */
            tone?: "neutral" | "confident" | "warm";
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Template Id
             * @default null
             */
            template_id?: string | null;
        };
        /**
         * FullResumeRequest
         * @description Write a résumé, as a task. With a ``resume_id``, it also has what that one says; it does not change.
         */
        FullResumeRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "full_resume";
            /**
             * Resume Id
             * @default null
             */
            resume_id?: string | null;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "session_id": null,
             *       "length": "medium",
             *       "tone": "neutral",
             *       "title": null,
             *       "template_id": null
             *     }
             */
            input?: components["schemas"]["FullResumeInput"];
        };
        /**
         * FullResumeResult
         * @description The new résumé, a draft of the user's.
         *
         *     Attributes
         *     ----------
         *     kept_id : UUID
         *         Its id.
         *     title : str
         *         Its title.
         *     role : str or None
         *         The role that it was written for.
         *     texts : list of WrittenText
         *         What a model wrote; ``item`` in ``grounding.sentences`` is the position here, and ``evidence`` points into what
         *         was stated, which ``sources`` quotes. All else stands in the résumé as the user stated it.
         */
        FullResumeResult: {
            /**
             * Kept Id
             * Format: uuid
             */
            kept_id: string;
            /** Title */
            title: string;
            /** Role */
            role: string | null;
            /** Texts */
            texts: components["schemas"]["WrittenText"][];
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
        };
        /**
         * GenerateRequest
         * @description A request to `generate`.
         */
        GenerateRequest: components["schemas"]["SummaryRequest"] | components["schemas"]["BulletsRequest"] | components["schemas"]["ImproveRequest"] | components["schemas"]["SkillsRequest"] | components["schemas"]["CoverLetterRequest"] | components["schemas"]["AnswerRequest"] | components["schemas"]["OutreachRequest"] | components["schemas"]["TailorRequest"] | components["schemas"]["TranslateRequest"] | components["schemas"]["JobExtractRequest"] | components["schemas"]["MatchRequest"] | components["schemas"]["AnalysisRequest"] | components["schemas"]["FullResumeRequest"] | components["schemas"]["BatchRequest"];
        /**
         * GenerateResult
         * @description The result of one operation.
         */
        GenerateResult: components["schemas"]["TextResult"] | components["schemas"]["ItemsResult"] | components["schemas"]["SkillsResult"] | components["schemas"]["AnswerResult"] | components["schemas"]["TailorResult"] | components["schemas"]["TranslateResult"] | components["schemas"]["JobExtractResult"] | components["schemas"]["MatchResult"] | components["schemas"]["AnalysisResult"] | components["schemas"]["FullResumeResult"];
        /**
         * GroundingReport
         * @description What is known of each sentence of the answer.
         *
         *     Attributes
         *     ----------
         *     ok : bool
         *         Whether all delivered sentences are supported and nothing was removed.
         *     checked : str
         *         How far the check went. ``figures_and_names``: rules compared words and figures; what they are not certain of
         *         is ``unverified``. ``entailment``: a verifier judged these sentences.
         *     verifier : UsedModel or None
         *         The model that judged.
         *     sentences : list of CheckedSentence
         *         The delivered sentences in order, each with its verdict and the places of the résumé that it rests on.
         *     removed : list of Removed
         *         Sentences or bullets that were removed. The user may add them if they are true.
         *     lost : list of str
         *         For an improvement: figures, negations and names of the original that the new text does not have.
         *     gaps : list of str
         *         Skills that the job asks for and the résumé does not have. The model is told not to write them.
         */
        GroundingReport: {
            /** Ok */
            ok: boolean;
            /**
             * Checked
             * @enum {string}
             */
            checked: "figures_and_names" | "entailment";
            verifier: components["schemas"]["UsedModel"] | null;
            /** Sentences */
            sentences: components["schemas"]["CheckedSentence"][];
            /** Removed */
            removed: components["schemas"]["Removed"][];
            /** Lost */
            lost: string[];
            /** Gaps */
            gaps: string[];
        };
        /**
         * ImproveInput
         * @description The text to improve: one of the résumé, or one in the request.
         *
         *     Attributes
         *     ----------
         *     path : str or None
         *         JSON pointer to a text of the résumé, such as ``/experience/0/bullets/2``. Requires a ``resume_id``.
         *     text : str or None
         *         A text to improve, which need not be in a résumé.
         *     goal : str
         *         ``clarity``, ``concise``, ``impact`` or ``grammar``.
         */
        ImproveInput: {
            /**
             * Path
             * @default null
             */
            path?: string | null;
            /**
             * Text
             * @default null
             */
            text?: string | null;
            /**
             * Goal
             * @default impact
             * @enum {string}
             */
            goal?: "clarity" | "concise" | "impact" | "grammar";
        };
        /**
         * ImproveRequest
         * @description Improve the wording of one text.
         */
        ImproveRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "IMPROVE_BULLET" | "improve";
            /**
             * Resume Id
             * @default null
             */
            resume_id?: string | null;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            input: components["schemas"]["ImproveInput"];
        };
        /**
         * ItemQuote
         * @description Where an item stands.
         *
         *     Attributes
         *     ----------
         *     pointer : str
         *         JSON Pointer into ``extracted_data``.
         *     quote : str
         *         As the advertisement writes it.
         *     start, end : int
         *         Its span in the advertisement, in code points.
         */
        ItemQuote: {
            /** Pointer */
            pointer: string;
            /** Quote */
            quote: string;
            /** Start */
            start: number;
            /** End */
            end: number;
        };
        /**
         * ItemsResult
         * @description The result of an operation that writes bullets.
         */
        ItemsResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Items */
            items: string[];
        };
        /**
         * JobExtractInput
         * @description The advertisement, if the job is not saved.
         *
         *     Attributes
         *     ----------
         *     text : str or None
         *         The text of the advertisement. Instead of a ``job_id``.
         */
        JobExtractInput: {
            /**
             * Text
             * @default null
             */
            text?: string | null;
        };
        /**
         * JobExtractRequest
         * @description Extract what a saved job or a pasted advertisement asks for.
         */
        JobExtractRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "job_extract";
            /**
             * Resume Id
             * @default null
             */
            resume_id?: null;
            /**
             * Job Id
             * @default null
             */
            job_id?: string | null;
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "text": null
             *     }
             */
            input?: components["schemas"]["JobExtractInput"];
        };
        /**
         * JobExtractResult
         * @description The result: the data, a quote for each item, and what was removed because the advertisement does not have it.
         *
         *     Attributes
         *     ----------
         *     kept_id : UUID or None
         *         Id of the job whose ``extracted_data`` has been replaced; None for a pasted text.
         */
        JobExtractResult: {
            extracted_data: components["schemas"]["ExtractedData"];
            /** Quotes */
            quotes: components["schemas"]["ItemQuote"][];
            /** Removed */
            removed: components["schemas"]["Removed"][];
            /** Kept Id */
            kept_id: string | null;
            model: components["schemas"]["UsedModel"];
        };
        /**
         * KeptText
         * @description A text that stays as it is, because its rewording would lose or add something.
         *
         *     Attributes
         *     ----------
         *     path : str
         *         JSON Pointer of the text.
         *     lost : list of str
         *         Figures, negations and names that the rewording does not have.
         *     added : list of str
         *         Those that the text's own entry does not have.
         */
        KeptText: {
            /** Path */
            path: string;
            /** Lost */
            lost: string[];
            /** Added */
            added: string[];
        };
        /**
         * MatchInput
         * @description Nothing: the job says what to compare with.
         */
        MatchInput: Record<string, never>;
        /**
         * MatchPoint
         * @description A requirement of the job, and what the résumé shows of it.
         *
         *     Attributes
         *     ----------
         *     level : str
         *         ``required`` or ``preferred``.
         *     options : list of str
         *         What is asked for, in the words of the advertisement; one of them is enough.
         *     quote : str
         *         Where it asks for it.
         *     verdict : str
         *         ``found``, ``variant``, ``missing`` or ``unknown``, as the scan has it.
         *     where : list of str
         *         JSON Pointers of the places that show it.
         *     text : str
         *         What meets it, in a sentence; of what is not met, why it counts as such.
         *     by : str
         *         ``model``, or ``rules``.
         *     item : int or None
         *         The ``item`` of ``grounding.sentences`` that is about a text of the model.
         *     next_step : str
         *         What to do about it.
         */
        MatchPoint: {
            /**
             * Level
             * @enum {string}
             */
            level: "required" | "preferred";
            /** Options */
            options: string[];
            /** Quote */
            quote: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "found" | "variant" | "missing" | "unknown";
            /** Where */
            where: string[];
            /** Text */
            text: string;
            /**
             * By
             * @enum {string}
             */
            by: "model" | "rules";
            /** Item */
            item: number | null;
            /** Next Step */
            next_step: string;
        };
        /**
         * MatchRequest
         * @description Say how a résumé fits a saved job.
         */
        MatchRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "match";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /** @default {} */
            input?: components["schemas"]["MatchInput"];
        };
        /**
         * MatchResult
         * @description The requirements in the order of the advertisement, with the score of the scan; null if none can be judged.
         */
        MatchResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Score */
            score: number | null;
            /** Points */
            points: components["schemas"]["MatchPoint"][];
            /** Credit */
            credit: string;
        };
        /** Operation */
        Operation: {
            /**
             * Op
             * @enum {string}
             */
            op: "test" | "add" | "replace" | "remove" | "move";
            /** Path */
            path: string;
            /** From */
            from?: string;
            /** Value */
            value?: unknown;
        };
        /**
         * OutreachInput
         * @description Who gets the message, and how it is written.
         *
         *     Attributes
         *     ----------
         *     to : str
         *         ``recruiter``, or ``referral``: somebody who works there and is asked for one.
         *     recipient : str or None
         *         Who is addressed, such as ``Anna``; by default nobody by name.
         *     max_characters : int
         *         The channel's limit, greeting included; by default that of a note on LinkedIn. A message never exceeds it.
         *     tone : str
         *         ``neutral``, ``confident`` or ``warm``.
         *     language : str or None
         *         By default the language of the advertisement.
         *     notes : str or None
         *         Facts in the user's own words, such as how they know the reader. They count as a source, like the résumé.
         */
        OutreachInput: {
            /**
             * To
             * @enum {string}
             */
            to: "recruiter" | "referral";
            /**
             * Recipient
             * @default null
             */
            recipient?: string | null;
            /**
             * Max Characters
             * @default 300
             */
            max_characters?: number;
            /**
             * Tone
             * @default neutral
             * @enum {string}
             */
            tone?: "neutral" | "confident" | "warm";
            /**
             * Language
             * @default null
             */
            language?: ("en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "sv" | "hi" | "ja" | "zh") | null;
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
        };
        /**
         * OutreachRequest
         * @description Write a message about a saved job.
         */
        OutreachRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "outreach";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            input: components["schemas"]["OutreachInput"];
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
         * Removed
         * @description A sentence or a bullet that was removed from the answer.
         *
         *     Attributes
         *     ----------
         *     text : str
         *         As the model wrote it.
         *     reason : str or None
         *         What is wrong with it.
         */
        Removed: {
            /** Text */
            text: string;
            /** Reason */
            reason: ("quantity" | "stronger_act" | "another_person" | "not_stated" | "stronger_award_or_level" | "another_job" | "negation") | ("quantity" | "name" | "not_stated" | "calculation" | "unsure" | "not_answered" | "answer_malformed" | "flagged_once") | null;
        };
        /**
         * ScannedFile
         * @description What the last scan of a file of the résumé found; ``resume_version`` is the version at that time.
         */
        ScannedFile: {
            /**
             * Analysis Id
             * Format: uuid
             */
            analysis_id: string;
            /** Resume Version */
            resume_version: number | null;
            /** Score */
            score: number;
            /** Findings */
            findings: components["schemas"]["FileFinding"][];
        };
        /**
         * SkillsInput
         * @description How many skills to list.
         *
         *     Attributes
         *     ----------
         *     count : int
         *         Maximum number of technical ones, and of soft ones. Those of the résumé stay in any case.
         */
        SkillsInput: {
            /**
             * Count
             * @default 20
             */
            count?: number;
        };
        /**
         * SkillsRequest
         * @description List the skills that a résumé shows, optionally with those first that matter for a job.
         */
        SkillsRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "skills";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "count": 20
             *     }
             */
            input?: components["schemas"]["SkillsInput"];
        };
        /**
         * SkillsResult
         * @description The result: the skills in the order of their groups; ``grounding`` has the places that show each of them.
         *
         *     Attributes
         *     ----------
         *     technical, soft : list of str
         *         As the résumé writes them. In ``grounding.sentences``, ``item`` counts the technical ones first, then the soft.
         */
        SkillsResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Technical */
            technical: string[];
            /** Soft */
            soft: string[];
        };
        /**
         * SummaryInput
         * @description Length, tone and additional facts of the summary.
         *
         *     Attributes
         *     ----------
         *     length : str
         *         ``short`` (about 2 sentences), ``medium`` (about 3) or ``long`` (about 5).
         *     tone : str
         *         ``neutral``, ``confident`` or ``warm``.
         *     notes : str or None
         *         Facts in the user's own words. They count as a source, like the résumé.
         */
        SummaryInput: {
            /**
             * Length
             * @default medium
             * @enum {string}
             */
            length?: "short" | "medium" | "long";
            /**
             * Tone
             * @default neutral
             * @enum {string}
             */
            tone?: "neutral" | "confident" | "warm";
            /**
             * Notes
             * @default null
             */
            notes?: string | null;
        };
        /**
         * SummaryRequest
         * @description Write a professional summary for a résumé, optionally for a job.
         */
        SummaryRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "GENERATE_SUMMARY" | "summary";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "length": "medium",
             *       "tone": "neutral",
             *       "notes": null
             *     }
             */
            input?: components["schemas"]["SummaryInput"];
        };
        /**
         * TailorInput
         * @description How the changes are delivered.
         *
         *     Attributes
         *     ----------
         *     unverified : str
         *         Whether the patch of all changes, or the variant, has those that are not supported: ``include`` or
         *         ``leave_out``. They are listed in any case, each with a patch of its own.
         */
        TailorInput: {
            /**
             * Deliver
             * @default patch
             * @enum {string}
             */
            deliver?: "patch" | "variant";
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Unverified
             * @default leave_out
             * @enum {string}
             */
            unverified?: "include" | "leave_out";
        };
        /**
         * TailorRequest
         * @description Tailor a résumé to a job: reword texts, and reorder bullets and skills.
         */
        TailorRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "optimization" | "tailor";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            /**
             * @default {
             *       "deliver": "patch",
             *       "title": null,
             *       "unverified": "leave_out"
             *     }
             */
            input?: components["schemas"]["TailorInput"];
        };
        /**
         * TailorResult
         * @description The changes, each by itself and all in one patch.
         *
         *     Attributes
         *     ----------
         *     changes : list of Change
         *         First the texts, then the lists.
         *     kept : list of KeptText
         *         Texts that stay as they are, because their rewording would lose or add something.
         *     score, score_after : int or None
         *         The scan's coverage of the job by the résumé as it is, and with the applied changes; None if nothing can be
         *         judged.
         *     analysis_id : UUID
         *         Id of the row in ``analyses``.
         */
        TailorResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Changes */
            changes: components["schemas"]["Change"][];
            /** Kept */
            kept: components["schemas"]["KeptText"][];
            /** Score */
            score: number | null;
            /** Score After */
            score_after: number | null;
            /**
             * Analysis Id
             * Format: uuid
             */
            analysis_id: string;
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
         * TextResult
         * @description The result of an operation that writes one text.
         */
        TextResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Text */
            text: string;
        };
        /**
         * TranslateInput
         * @description The language, and how the translation is delivered.
         *
         *     Attributes
         *     ----------
         *     language : str
         *         BCP 47 tag.
         */
        TranslateInput: {
            /**
             * Deliver
             * @default patch
             * @enum {string}
             */
            deliver?: "patch" | "variant";
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Language
             * @enum {string}
             */
            language: "ar" | "bg" | "cs" | "da" | "de" | "de-CH" | "el" | "en" | "en-GB" | "en-US" | "es" | "es-419" | "fi" | "fr" | "fr-CA" | "he" | "hi" | "hu" | "id" | "it" | "ja" | "ko" | "nb" | "nl" | "pl" | "pt" | "pt-BR" | "pt-PT" | "ro" | "ru" | "sv" | "tr" | "uk" | "vi" | "zh-Hans" | "zh-Hant";
        };
        /**
         * TranslateRequest
         * @description Translate a résumé. A long one is answered with a task.
         */
        TranslateRequest: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            operation: "translate";
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
            /**
             * Fresh
             * @default false
             */
            fresh?: boolean;
            /**
             * Funding
             * @default null
             */
            funding?: "own_key" | null;
            input: components["schemas"]["TranslateInput"];
        };
        /**
         * TranslateResult
         * @description The résumé in the other language.
         *
         *     Attributes
         *     ----------
         *     language : str
         *         BCP 47 tag.
         *     texts : list of TranslatedText
         *         In the order of the document.
         *     untranslated : list of UntranslatedText
         *         Texts that stay as they are.
         */
        TranslateResult: {
            /** Patch */
            patch: components["schemas"]["Operation"][] | null;
            /** Base Version */
            base_version: number | null;
            /** Kept Id */
            kept_id: string | null;
            grounding: components["schemas"]["GroundingReport"];
            model: components["schemas"]["UsedModel"];
            /** Language */
            language: string;
            /** Texts */
            texts: components["schemas"]["TranslatedText"][];
            /** Untranslated */
            untranslated: components["schemas"]["UntranslatedText"][];
        };
        /**
         * TranslatedText
         * @description A text that was translated.
         *
         *     Attributes
         *     ----------
         *     path : str
         *         JSON Pointer.
         *     before, after : str
         *         In the one and in the other language.
         *     verdict : str or None
         *         Whether the check supports it; None for titles, skills and other labels, which are not sentences.
         */
        TranslatedText: {
            /** Path */
            path: string;
            /** Before */
            before: string;
            /** After */
            after: string;
            /** Verdict */
            verdict: ("supported" | "unverified") | null;
        };
        /**
         * UntranslatedText
         * @description A text that stays in its own language.
         *
         *     Attributes
         *     ----------
         *     path : str
         *         JSON Pointer.
         *     reason : str
         *         ``missing``, ``form``, ``script``; ``figures`` or ``names`` were lost or added; ``unsupported``: the verifier
         *         flagged it twice.
         *     differences : list of str
         *         These figures and names.
         */
        UntranslatedText: {
            /** Path */
            path: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "missing" | "figures" | "names" | "script" | "form" | "unsupported";
            /** Differences */
            differences: string[];
        };
        /**
         * UsedModel
         * @description A model that was used. The provider ``offline`` is a set of rules, not a language model.
         */
        UsedModel: {
            /** Provider */
            provider: string;
            /** Name */
            name: string;
        };
        /**
         * WrittenText
         * @description A text that a model wrote.
         *
         *     Attributes
         *     ----------
         *     path : str
         *         JSON Pointer in the new résumé.
         *     text : str
         *         As it stands there.
         *     verdict : str
         *         ``supported``, or ``unverified``: to be confirmed by the user.
         *     sources : list of str
         *         The user's own lines that it rests on. Of the answers only the sentence that states a new job is quoted.
         */
        WrittenText: {
            /** Path */
            path: string;
            /** Text */
            text: string;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "supported" | "unverified";
            /** Sources */
            sources: string[];
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
    generate_get__health: {
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
    "generate_get__openapi.json": {
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
    "generate_get__tasks_{id:uuid}": {
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
    "generate_delete__tasks_{id:uuid}": {
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
    generate_post_: {
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
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            /** @description Write texts that state only facts from the résumé and the request. A batch is answered with a task. */
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
                        result: components["schemas"]["AnyResult"] | null;
                        receipt: components["schemas"]["Receipt"];
                    };
                    "text/event-stream": string;
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
             *     `premium_template`: This template comes with a paid plan.
             *     `resume_limit_reached`: Your plan allows no more résumés.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "account_inactive" | "consent_required" | "premium_template" | "resume_limit_reached";
                    };
                };
            };
            /**
             * @description `item_not_found`: The résumé has no such item.
             *     `job_not_found`: This job does not exist.
             *     `resume_not_found`: This résumé does not exist.
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
                        code?: "item_not_found" | "job_not_found" | "resume_not_found" | "session_not_found" | "user_not_found";
                    };
                };
            };
            /**
             * @description `hold_lost`: The reservation expired before the work was done. Nothing was charged.
             *     `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `in_progress`: A request with this Idempotency-Key is still running.
             *     `no_provider_key`: There is no API key of yours for an AI provider.
             *     `session_not_completed`: This interview is not completed. Complete it first.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "hold_lost" | "idempotency_conflict" | "in_progress" | "no_provider_key" | "session_not_completed";
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
             *     `model_refused`: The AI model declined this request.
             *     `nothing_to_compare`: This job has no description to compare with.
             *     `nothing_to_improve`: There is no improvement to suggest for this text.
             *     `nothing_to_write_from`: There is nothing to write from yet. Fill in the résumé or send notes.
             *     `resume_too_long`: This résumé is too long to export.
             *     `rules_declined`: The rule-based writer cannot write this with certainty. A language model could.
             *     `task_required`: This takes longer than a request. Send Prefer: respond-async.
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
                        code?: "invalid_idempotency_key" | "model_refused" | "nothing_to_compare" | "nothing_to_improve" | "nothing_to_write_from" | "resume_too_long" | "rules_declined" | "task_required" | "unknown_operation" | "validation_failed";
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
             * @description `answer_not_grounded`: The AI model made claims that your own text does not support, so its answer was discarded.
             *     `model_answer_invalid`: The AI model did not return a usable answer.
             */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "answer_not_grounded" | "model_answer_invalid";
                    };
                };
            };
            /**
             * @description `database_unavailable`: The database is not available at the moment.
             *     `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `model_unavailable`: The AI model is not available at the moment.
             *     `spend_ceiling_reached`: The service has reached its spending limit for today.
             *     `verifier_unavailable`: What the AI model wrote cannot be checked at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "database_unavailable" | "identity_unavailable" | "model_unavailable" | "spend_ceiling_reached" | "verifier_unavailable";
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
}
