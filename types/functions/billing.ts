// Made by `make types`. Do not edit.
export interface paths {
    "/functions/v1/billing/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the function is up. */
        get: operations["billing_get__health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return this API description. */
        get: operations["billing_get__openapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everything for sale: plans with prices and limits, credit packs, and the cost of each operation. */
        get: operations["billing_get__plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/entitlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the caller's plan, its limits and their use, and the balance. */
        get: operations["billing_get__entitlements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the caller's credits. */
        get: operations["billing_get__balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's ledger, newest first. */
        get: operations["billing_get__transactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the caller's operations by UTC day, by UTC month or in total. */
        get: operations["billing_get__usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a checkout for a credit pack or a subscription. A retry with the same key does not open another one. */
        post: operations["billing_post__checkout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return an order and its status. */
        get: operations["billing_get__orders_{id:uuid}"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a payment after the checkout. Credits and plans are granted only once the provider has confirmed it. */
        post: operations["billing_post__verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's subscriptions. */
        get: operations["billing_get__subscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a subscription at the end of the paid period, or immediately. */
        post: operations["billing_post__subscriptions_{id:uuid}_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a paused subscription, or withdraw a cancellation at the end of the period. */
        post: operations["billing_post__subscriptions_{id:uuid}_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/subscriptions/{id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the plan: an upgrade now, a downgrade at the end of the period. The present plan withdraws a downgrade. */
        post: operations["billing_post__subscriptions_{id:uuid}_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a link to Stripe's customer portal, for cards and invoices. */
        post: operations["billing_post__portal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's receipts, newest first. */
        get: operations["billing_get__receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/receipts/{id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a receipt as PDF. */
        get: operations["billing_get__receipts_{id:uuid}_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/functions/v1/billing/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare stale payments and subscriptions with the providers. By default, only report what would change. */
        post: operations["billing_post__reconcile"];
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
         * Allowance
         * @description A limit of the plan for one period, and the rest that is left; -1 is unlimited.
         */
        Allowance: {
            /** Quota Group */
            quota_group: string;
            /** Name */
            name: string;
            /** Period */
            period: string;
            /** Limit */
            limit: number;
            /** Used */
            used: number;
            /** Held */
            held: number;
            /** Remaining */
            remaining: number;
            /** Resets At */
            resets_at: string | null;
        };
        /**
         * Balance
         * @description Credits: those the user can spend, those reserved for running operations, and those owed (``debt``).
         */
        Balance: {
            /** Balance */
            balance: number;
            /** Reserved */
            reserved: number;
            /** Debt */
            debt: number;
            next_expiry: components["schemas"]["Expiry"] | null;
        };
        /**
         * CancelRequest
         * @description When to cancel: at the end of the paid period, or immediately.
         */
        CancelRequest: {
            /**
             * At Period End
             * @default true
             */
            at_period_end?: boolean;
        };
        /**
         * Catalogue
         * @description Everything for sale, and the payment providers.
         */
        Catalogue: {
            /** Plans */
            plans: components["schemas"]["Plan"][];
            /** Packs */
            packs: components["schemas"]["Pack"][];
            /** Operations */
            operations: components["schemas"]["Operation"][];
            /** Providers */
            providers: ("razorpay" | "stripe")[];
        };
        /**
         * Change
         * @description A field that the provider's answer changes.
         */
        Change: {
            /** What */
            what: string;
            /** Field */
            field: string;
            /**
             * Before
             * @default null
             */
            before?: unknown;
            /**
             * After
             * @default null
             */
            after?: unknown;
        };
        /**
         * ChangeRequest
         * @description The new plan. An upgrade takes effect immediately, a downgrade at the end of the period.
         */
        ChangeRequest: {
            /** Plan */
            plan: string;
        };
        /**
         * Checkout
         * @description An open checkout: our order, and the data with which the client opens the provider's checkout.
         */
        Checkout: {
            order: components["schemas"]["Order"];
            /** Checkout */
            checkout: {
                [key: string]: unknown;
            };
        };
        /**
         * CheckoutRequest
         * @description The item to buy. The price always comes from the catalogue.
         *
         *     Attributes
         *     ----------
         *     item : str
         *         Slug of the pack or plan.
         *     currency : str or None
         *         A currency that the item is sold in; by default the provider's home currency.
         *     provider : str or None
         *         By default the preferred provider of this deployment.
         *     trial : bool
         *         Start with the plan's trial. Each user can do so once, with a confirmed email address.
         *     success_url, cancel_url : str or None
         *         The pages to return to from Stripe. Razorpay's checkout does not need them.
         */
        CheckoutRequest: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "pack" | "subscription";
            /** Item */
            item: string;
            /**
             * Billing Interval
             * @default month
             * @enum {string}
             */
            billing_interval?: "month" | "year";
            /**
             * Currency
             * @default null
             */
            currency?: string | null;
            /**
             * Provider
             * @default null
             */
            provider?: ("razorpay" | "stripe") | null;
            /**
             * Coupon
             * @default null
             */
            coupon?: string | null;
            /**
             * Trial
             * @default false
             */
            trial?: boolean;
            /**
             * Success Url
             * @default null
             */
            success_url?: string | null;
            /**
             * Cancel Url
             * @default null
             */
            cancel_url?: string | null;
        };
        /**
         * Entitlements
         * @description The user's plan and everything it allows. Periods are in UTC.
         */
        Entitlements: {
            /** Balance */
            balance: number;
            /** Reserved */
            reserved: number;
            /** Debt */
            debt: number;
            next_expiry: components["schemas"]["Expiry"] | null;
            /** Plan */
            plan: string;
            /** Plan Name */
            plan_name: string;
            /** Status */
            status: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Entitled Until */
            entitled_until: string | null;
            /** Is Admin */
            is_admin: boolean;
            /** Max Resumes */
            max_resumes: number;
            /** Premium Templates */
            premium_templates: boolean;
            /** Limits */
            limits: components["schemas"]["Allowance"][];
            /** Operations */
            operations: components["schemas"]["OperationCost"][];
            /**
             * Timezone
             * @constant
             */
            timezone: "UTC";
        };
        /**
         * Expiry
         * @description The next credits to expire.
         */
        Expiry: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Credits */
            credits: number;
        };
        /**
         * Limit
         * @description How many operations of a group a plan includes: -1 is unlimited, null means no limit for that period.
         */
        Limit: {
            /** Quota Group */
            quota_group: string;
            /** Per Day */
            per_day: number | null;
            /** Per Month */
            per_month: number | null;
            /** Per Lifetime */
            per_lifetime: number | null;
            /** Cost */
            cost: number | null;
        };
        /**
         * Operation
         * @description The cost of an operation in credits when no plan covers it; null if it is not sold for credits.
         */
        Operation: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Quota Group */
            quota_group: string;
            /** Cost */
            cost: number | null;
        };
        /**
         * OperationCost
         * @description The cost of an operation for this user, in credits, when the plan does not cover it.
         */
        OperationCost: {
            /** Operation */
            operation: string;
            /** Name */
            name: string;
            /** Quota Group */
            quota_group: string;
            /** Cost */
            cost: number | null;
        };
        /**
         * Order
         * @description An order of the user. It can be paid until `offer_ends_at`.
         */
        Order: {
            /**
             * Order Id
             * Format: uuid
             */
            order_id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "pack" | "subscription";
            /**
             * Status
             * @enum {string}
             */
            status: "created" | "open" | "paid" | "failed" | "expired" | "superseded";
            /**
             * Provider
             * @enum {string}
             */
            provider: "razorpay" | "stripe";
            /** Pack */
            pack: string | null;
            /** Credits */
            credits: number | null;
            /** Plan */
            plan: string | null;
            /** Billing Interval */
            billing_interval: ("month" | "year") | null;
            /** Trial Days */
            trial_days: number;
            /** Coupon */
            coupon: string | null;
            /** List Amount */
            list_amount: number;
            /** Amount */
            amount: number;
            /** Currency */
            currency: string;
            /** Provider Order Id */
            provider_order_id: string | null;
            /** Provider Subscription Id */
            provider_subscription_id: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Offer Ends At
             * Format: date-time
             */
            offer_ends_at: string;
            /** Paid At */
            paid_at: string | null;
        };
        /**
         * Pack
         * @description Credits sold in a single payment. They do not expire.
         */
        Pack: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Credits */
            credits: number;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
        /**
         * PaymentReceipt
         * @description A receipt for one payment.
         */
        PaymentReceipt: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "pack" | "subscription";
            /**
             * Paid At
             * Format: date-time
             */
            paid_at: string;
            /** Item */
            item: string | null;
            /** Credits */
            credits: number | null;
            /** Plan */
            plan: string | null;
            /** Billing Interval */
            billing_interval: ("month" | "year") | null;
            /**
             * Bought
             * @enum {string}
             */
            bought: "pack" | "period" | "plan_change" | "nothing_more" | "nothing";
            /** Period Start */
            period_start: string | null;
            /** Period End */
            period_end: string | null;
            /** Amount */
            amount: number;
            /** Currency */
            currency: string;
            /** List Amount */
            list_amount: number;
            /** Coupon */
            coupon: string | null;
            /** Amount Refunded */
            amount_refunded: number;
            /** Amount Lost */
            amount_lost: number;
            /** Dispute Status */
            dispute_status: string;
            /**
             * Provider
             * @enum {string}
             */
            provider: "razorpay" | "stripe";
            /** Provider Payment Id */
            provider_payment_id: string;
            /** Method */
            method: string | null;
            /** Provider Url */
            provider_url: string | null;
            /** Refunds */
            refunds: components["schemas"]["Refund"][];
        };
        /**
         * Plan
         * @description A plan for sale.
         */
        Plan: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Rank */
            rank: number;
            /** Is Default */
            is_default: boolean;
            /** Monthly Credits */
            monthly_credits: number;
            /** Max Resumes */
            max_resumes: number;
            /** Premium Templates */
            premium_templates: boolean;
            /** Trial Days */
            trial_days: number;
            /** Prices */
            prices: components["schemas"]["PlanPrice"][];
            /** Limits */
            limits: components["schemas"]["Limit"][];
        };
        /**
         * PlanPrice
         * @description The price of a plan per month or year.
         */
        PlanPrice: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: number;
            /**
             * Billing Interval
             * @enum {string}
             */
            billing_interval: "month" | "year";
        };
        /**
         * Portal
         * @description A link to the provider's customer portal. It is for this user only and expires soon.
         */
        Portal: {
            /** Url */
            url: string;
        };
        /**
         * PortalRequest
         * @description The page to return to from the customer portal.
         */
        PortalRequest: {
            /** Return Url */
            return_url: string;
        };
        /**
         * Price
         * @description A price in one currency.
         */
        Price: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: number;
        };
        /**
         * Receipts
         * @description A page of receipts, newest first. Pass ``next_before`` as ``before`` for the next page; null is the end.
         */
        Receipts: {
            /** Receipts */
            receipts: components["schemas"]["PaymentReceipt"][];
            /** Next Before */
            next_before: string | null;
        };
        /**
         * ReconcileRequest
         * @description How many stale payments and subscriptions to check, and whether only to report what would change.
         *
         *     With `user_id`: everything of one user, stale or not.
         */
        ReconcileRequest: {
            /**
             * Dry Run
             * @default true
             */
            dry_run?: boolean;
            /**
             * Limit
             * @default 100
             */
            limit?: number;
            /**
             * User Id
             * @default null
             */
            user_id?: string | null;
        };
        /**
         * Reconciled
         * @description The result for one payment or subscription.
         *
         *     Attributes
         *     ----------
         *     why : str
         *         Why it looked stale.
         *     state : str
         *         ``applied``, ``dry_run``, or ``failed`` with `error`.
         */
        Reconciled: {
            /** Provider */
            provider: string;
            /** Kind */
            kind: string;
            /** Id */
            id: string;
            /** Why */
            why: string;
            /** State */
            state: string;
            /**
             * Error
             * @default null
             */
            error?: string | null;
            /**
             * Changes
             * @default []
             */
            changes?: components["schemas"]["Change"][];
            /**
             * Effects
             * @default []
             */
            effects?: string[];
        };
        /**
         * ReconciliationReport
         * @description The result of a run. `complete` is False if the time or the limit ended it early.
         */
        ReconciliationReport: {
            /** Dry Run */
            dry_run: boolean;
            /** Asked */
            asked: number;
            /** Changed */
            changed: number;
            /** Failed */
            failed: number;
            /** Complete */
            complete: boolean;
            /** Items */
            items: components["schemas"]["Reconciled"][];
        };
        /**
         * Refund
         * @description A refund.
         */
        Refund: {
            /** Amount */
            amount: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /**
         * Subscription
         * @description A subscription of the user.
         */
        Subscription: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Provider */
            provider: string;
            /** Provider Subscription Id */
            provider_subscription_id: string;
            /** Plan */
            plan: string;
            /** Billing Interval */
            billing_interval: ("month" | "year") | null;
            /** Currency */
            currency: string | null;
            /** Status */
            status: string;
            /** Current Period Start */
            current_period_start: string | null;
            /** Current Period End */
            current_period_end: string | null;
            /** Cancel At Period End */
            cancel_at_period_end: boolean;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Trial End */
            trial_end: string | null;
            /** Scheduled Plan */
            scheduled_plan: string | null;
        };
        /**
         * Subscriptions
         * @description All subscriptions of the user, newest first.
         */
        Subscriptions: {
            /** Subscriptions */
            subscriptions: components["schemas"]["Subscription"][];
        };
        /**
         * Transaction
         * @description A row of the ledger.
         */
        Transaction: {
            /** Seq */
            seq: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Kind */
            kind: string;
            /** Amount */
            amount: number;
            /** Balance After */
            balance_after: number;
            /** Operation */
            operation: string | null;
            /** Reference */
            reference: string | null;
            /** Description */
            description: string | null;
            /** Receipt */
            receipt: string | null;
        };
        /**
         * Transactions
         * @description A page of the ledger, newest first. Pass ``next_before`` as ``before`` for the next page; null is the end.
         */
        Transactions: {
            /** Transactions */
            transactions: components["schemas"]["Transaction"][];
            /** Next Before */
            next_before: number | null;
        };
        /**
         * Usage
         * @description Usage by period and operation, newest period first.
         */
        Usage: {
            /** Usage */
            usage: components["schemas"]["UsageRow"][];
            /**
             * Timezone
             * @default UTC
             * @constant
             */
            timezone?: "UTC";
        };
        /**
         * UsageRow
         * @description How often an operation was used in a period, how often the plan paid, and how many credits the rest cost.
         */
        UsageRow: {
            /** Period Type */
            period_type: string;
            /** Period Key */
            period_key: string;
            /** Operation Type */
            operation_type: string;
            /** Operations */
            operations: number;
            /** Paid By Plan */
            paid_by_plan: number;
            /** Credits Used */
            credits_used: number;
        };
        /**
         * Verified
         * @description The order after a look-up at the provider, and the user's entitlements.
         *
         *     Attributes
         *     ----------
         *     order : Order
         *         ``paid`` if the provider has confirmed it. If not, the webhook or a later call will update it.
         */
        Verified: {
            order: components["schemas"]["Order"];
            entitlements: components["schemas"]["Entitlements"];
        };
        /**
         * VerifyRequest
         * @description The result that the provider's checkout passed to the page. It must be signed, and grants nothing on its own.
         */
        VerifyRequest: {
            /**
             * Razorpay Order Id
             * @default null
             */
            razorpay_order_id?: string | null;
            /**
             * Razorpay Subscription Id
             * @default null
             */
            razorpay_subscription_id?: string | null;
            /**
             * Razorpay Payment Id
             * @default null
             */
            razorpay_payment_id?: string | null;
            /**
             * Razorpay Signature
             * @default null
             */
            razorpay_signature?: string | null;
            /**
             * Stripe Session Id
             * @default null
             */
            stripe_session_id?: string | null;
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
    billing_get__health: {
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
    "billing_get__openapi.json": {
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
    billing_get__plans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List everything for sale: plans with prices and limits, credit packs, and the cost of each operation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogue"];
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
    billing_get__entitlements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return the caller's plan, its limits and their use, and the balance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entitlements"];
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
            /** @description `user_not_found`: This user does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "user_not_found";
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
    billing_get__balance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Return the caller's credits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
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
            /** @description `user_not_found`: This user does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "user_not_found";
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
    billing_get__transactions: {
        parameters: {
            query?: {
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the caller's ledger, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transactions"];
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
    billing_get__usage: {
        parameters: {
            query?: {
                period?: "daily" | "monthly" | "lifetime";
                from?: string | null;
                to?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Count the caller's operations by UTC day, by UTC month or in total. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
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
    billing_post__checkout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes retries safe: a request with the same key and body is carried out and charged once. Without this header, a new key is generated. The response returns the key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckoutRequest"];
            };
        };
        responses: {
            /** @description Open a checkout for a credit pack or a subscription. A retry with the same key does not open another one. */
            200: {
                headers: {
                    /** @description The key of this request. Send it again to retry. */
                    "Idempotency-Key"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkout"];
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
            /** @description `price_not_found`: This is not for sale. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "price_not_found";
                    };
                };
            };
            /**
             * @description `idempotency_conflict`: This Idempotency-Key was used for a different request.
             *     `offer_ended`: This offer has ended. Start a new checkout.
             *     `subscription_exists`: You already have a subscription.
             *     `trial_used`: No trial is available for this account.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "idempotency_conflict" | "offer_ended" | "subscription_exists" | "trial_used";
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
             * @description `coupon_invalid`: This discount code is not valid.
             *     `coupon_not_applicable`: This discount code does not apply to this purchase.
             *     `coupon_used_up`: This discount code has been used up.
             *     `invalid_idempotency_key`: Idempotency-Key must be 1 to 255 printable ASCII characters.
             *     `payment_refused`: The payment provider declined the request.
             *     `provider_not_configured`: This payment provider is not available here.
             *     `trial_not_offered`: This plan has no trial.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "coupon_invalid" | "coupon_not_applicable" | "coupon_used_up" | "invalid_idempotency_key" | "payment_refused" | "provider_not_configured" | "trial_not_offered" | "validation_failed";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    "billing_get__orders_{id:uuid}": {
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
            /** @description Return an order and its status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
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
             * @description `not_found`: Not found.
             *     `order_not_found`: This order does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "order_not_found";
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
    billing_post__verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyRequest"];
            };
        };
        responses: {
            /** @description Confirm a payment after the checkout. Credits and plans are granted only once the provider has confirmed it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
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
            /** @description `order_not_found`: This order does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "order_not_found";
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
             * @description `payment_refused`: The payment provider declined the request.
             *     `payment_signature_invalid`: The payment signature is not valid.
             *     `provider_not_configured`: This payment provider is not available here.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payment_refused" | "payment_signature_invalid" | "provider_not_configured" | "validation_failed";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    billing_get__subscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the caller's subscriptions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscriptions"];
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
    "billing_post__subscriptions_{id:uuid}_cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description Cancel a subscription at the end of the paid period, or immediately. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
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
             * @description `not_found`: Not found.
             *     `subscription_not_found`: This subscription does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "subscription_not_found";
                    };
                };
            };
            /** @description `subscription_not_changeable`: This subscription cannot be changed at the moment. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "subscription_not_changeable";
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
             * @description `payment_refused`: The payment provider declined the request.
             *     `provider_not_configured`: This payment provider is not available here.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payment_refused" | "provider_not_configured" | "validation_failed";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    "billing_post__subscriptions_{id:uuid}_resume": {
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
            /** @description Resume a paused subscription, or withdraw a cancellation at the end of the period. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
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
             *     `subscription_not_found`: This subscription does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "subscription_not_found";
                    };
                };
            };
            /**
             * @description `nothing_to_resume`: This subscription cannot be resumed.
             *     `subscription_not_changeable`: This subscription cannot be changed at the moment.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "nothing_to_resume" | "subscription_not_changeable";
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
             * @description `payment_refused`: The payment provider declined the request.
             *     `provider_not_configured`: This payment provider is not available here.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payment_refused" | "provider_not_configured";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    "billing_post__subscriptions_{id:uuid}_change": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRequest"];
            };
        };
        responses: {
            /** @description Change the plan: an upgrade now, a downgrade at the end of the period. The present plan withdraws a downgrade. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
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
             *     `price_not_found`: This is not for sale.
             *     `subscription_not_found`: This subscription does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "price_not_found" | "subscription_not_found";
                    };
                };
            };
            /**
             * @description `plan_unchanged`: The subscription is already on this plan.
             *     `subscription_not_changeable`: This subscription cannot be changed at the moment.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "plan_unchanged" | "subscription_not_changeable";
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
             * @description `payment_refused`: The payment provider declined the request.
             *     `provider_not_configured`: This payment provider is not available here.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payment_refused" | "provider_not_configured" | "validation_failed";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    billing_post__portal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalRequest"];
            };
        };
        responses: {
            /** @description Create a link to Stripe's customer portal, for cards and invoices. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portal"];
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
             * @description `payment_refused`: The payment provider declined the request.
             *     `provider_not_configured`: This payment provider is not available here.
             *     `validation_failed`: The request does not match its schema.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "payment_refused" | "provider_not_configured" | "validation_failed";
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
             * @description `identity_unavailable`: Sign-in cannot be verified at the moment.
             *     `provider_unavailable`: The payment provider is not available at the moment.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "identity_unavailable" | "provider_unavailable";
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
    billing_get__receipts: {
        parameters: {
            query?: {
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the caller's receipts, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipts"];
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
    "billing_get__receipts_{id:uuid}_pdf": {
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
            /** @description Download a receipt as PDF. */
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
            /**
             * @description `not_found`: Not found.
             *     `receipt_not_found`: This receipt does not exist.
             */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "not_found" | "receipt_not_found";
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
    billing_post__reconcile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconcileRequest"];
            };
        };
        responses: {
            /** @description Compare stale payments and subscriptions with the providers. By default, only report what would change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationReport"];
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
             * @description `invalid_token`: The bearer token is not valid.
             *     `missing_token`: A bearer token is required.
             */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        code?: "invalid_token" | "missing_token";
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
