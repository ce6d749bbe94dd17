// Made by `make types`. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Address
         * @description A postal address in parts, as in JSON Resume.
         */
        Address: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Address
             * @default null
             */
            address?: string | null;
            /**
             * Postalcode
             * @default null
             */
            postalCode?: string | null;
            /**
             * City
             * @default null
             */
            city?: string | null;
            /**
             * Countrycode
             * @default null
             */
            countryCode?: string | null;
            /**
             * Region
             * @default null
             */
            region?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Award
         * @description An award.
         */
        Award: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Title
             * @default null
             */
            title?: string | null;
            /**
             * Awarder
             * @default null
             */
            awarder?: string | null;
            /**
             * Date
             * @default null
             */
            date?: string | null;
            /**
             * Summary
             * @default null
             */
            summary?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Certification
         * @description A certificate.
         */
        Certification: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Issuer
             * @default null
             */
            issuer?: string | null;
            /**
             * Date
             * @default null
             */
            date?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Education
         * @description A course of study: ``degree`` (Bachelor) in ``area`` (Physics) at ``institution``.
         */
        Education: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Startdate
             * @default null
             */
            startDate?: string | null;
            /**
             * Enddate
             * @default null
             */
            endDate?: string | null;
            /**
             * Institution
             * @default null
             */
            institution?: string | null;
            /**
             * Degree
             * @default null
             */
            degree?: string | null;
            /**
             * Area
             * @default null
             */
            area?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Score
             * @default null
             */
            score?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Courses
             * @default []
             */
            courses?: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Experience
         * @description A job. ``description`` is about the job, ``companyDescription`` about the employer.
         */
        Experience: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Startdate
             * @default null
             */
            startDate?: string | null;
            /**
             * Enddate
             * @default null
             */
            endDate?: string | null;
            /**
             * Company
             * @default null
             */
            company?: string | null;
            /**
             * Role
             * @default null
             */
            role?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Companydescription
             * @default null
             */
            companyDescription?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Bullets
             * @default []
             */
            bullets?: string[];
            /**
             * Technologies
             * @default []
             */
            technologies?: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Interest
         * @description An interest.
         */
        Interest: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Keywords
             * @default []
             */
            keywords?: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Language
         * @description A language and how well it is spoken.
         */
        Language: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Language
             * @default null
             */
            language?: string | null;
            /**
             * Fluency
             * @default null
             */
            fluency?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * PersonalInfo
         * @description Name and contact details. Never written by a language model.
         */
        PersonalInfo: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Headline
             * @default null
             */
            headline?: string | null;
            /**
             * Email
             * @default null
             */
            email?: string | null;
            /**
             * Phone
             * @default null
             */
            phone?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /** @default null */
            address?: components["schemas"]["Address"] | null;
            /**
             * Website
             * @default null
             */
            website?: string | null;
            /**
             * Linkedin
             * @default null
             */
            linkedin?: string | null;
            /**
             * Github
             * @default null
             */
            github?: string | null;
            /**
             * Image
             * @default null
             */
            image?: string | null;
            /**
             * Profiles
             * @default []
             */
            profiles?: components["schemas"]["Profile"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * Profile
         * @description An account on a social or professional network.
         */
        Profile: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Network
             * @default null
             */
            network?: string | null;
            /**
             * Username
             * @default null
             */
            username?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Project
         * @description A project, of one's own or for an ``entity``.
         */
        Project: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Startdate
             * @default null
             */
            startDate?: string | null;
            /**
             * Enddate
             * @default null
             */
            endDate?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Bullets
             * @default []
             */
            bullets?: string[];
            /**
             * Technologies
             * @default []
             */
            technologies?: string[];
            /**
             * Roles
             * @default []
             */
            roles?: string[];
            /**
             * Entity
             * @default null
             */
            entity?: string | null;
            /**
             * Type
             * @default null
             */
            type?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Publication
         * @description A publication.
         */
        Publication: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Publisher
             * @default null
             */
            publisher?: string | null;
            /**
             * Date
             * @default null
             */
            date?: string | null;
            /**
             * Url
             * @default null
             */
            url?: string | null;
            /**
             * Summary
             * @default null
             */
            summary?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * Reference
         * @description A recommendation by another person.
         */
        Reference: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Reference
             * @default null
             */
            reference?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * SkillGroup
         * @description Skills under a heading.
         */
        SkillGroup: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Name
             * @default null
             */
            name?: string | null;
            /**
             * Level
             * @default null
             */
            level?: string | null;
            /**
             * Keywords
             * @default []
             */
            keywords?: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Skills
         * @description Flat lists for display, and the groups of an imported document, if it had any.
         */
        Skills: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Technical
             * @default []
             */
            technical?: string[];
            /**
             * Soft
             * @default []
             */
            soft?: string[];
            /**
             * Groups
             * @default []
             */
            groups?: components["schemas"]["SkillGroup"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * Volunteer
         * @description Unpaid work.
         */
        Volunteer: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @default null
             */
            id?: string | null;
            /**
             * Startdate
             * @default null
             */
            startDate?: string | null;
            /**
             * Enddate
             * @default null
             */
            endDate?: string | null;
            /**
             * Organization
             * @default null
             */
            organization?: string | null;
            /**
             * Role
             * @default null
             */
            role?: string | null;
            /**
             * Location
             * @default null
             */
            location?: string | null;
            /**
             * Description
             * @default null
             */
            description?: string | null;
            /**
             * Bullets
             * @default []
             */
            bullets?: string[];
            /**
             * Url
             * @default null
             */
            url?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * ResumeContent
         * @description A complete résumé. An empty one is valid: writing it may only have begun.
         */
        ResumeContent: {
            /**
             * Extra
             * @default null
             */
            extra?: {
                [key: string]: unknown;
            } | null;
            /**
             * @default {
             *       "extra": null,
             *       "name": null,
             *       "headline": null,
             *       "email": null,
             *       "phone": null,
             *       "location": null,
             *       "address": null,
             *       "website": null,
             *       "linkedin": null,
             *       "github": null,
             *       "image": null,
             *       "profiles": []
             *     }
             */
            personalInfo?: components["schemas"]["PersonalInfo"];
            /**
             * Summary
             * @default null
             */
            summary?: string | null;
            /**
             * Experience
             * @default []
             */
            experience?: components["schemas"]["Experience"][];
            /**
             * Education
             * @default []
             */
            education?: components["schemas"]["Education"][];
            /**
             * @default {
             *       "extra": null,
             *       "technical": [],
             *       "soft": [],
             *       "groups": []
             *     }
             */
            skills?: components["schemas"]["Skills"];
            /**
             * Projects
             * @default []
             */
            projects?: components["schemas"]["Project"][];
            /**
             * Certifications
             * @default []
             */
            certifications?: components["schemas"]["Certification"][];
            /**
             * Languages
             * @default []
             */
            languages?: components["schemas"]["Language"][];
            /**
             * Awards
             * @default []
             */
            awards?: components["schemas"]["Award"][];
            /**
             * Volunteer
             * @default []
             */
            volunteer?: components["schemas"]["Volunteer"][];
            /**
             * Publications
             * @default []
             */
            publications?: components["schemas"]["Publication"][];
            /**
             * Interests
             * @default []
             */
            interests?: components["schemas"]["Interest"][];
            /**
             * References
             * @default []
             */
            references?: components["schemas"]["Reference"][];
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
