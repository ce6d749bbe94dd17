-- What we know about people, and where: for each table whose person, what of it the person gets, and what an erasure does
-- with it. The export, the erasure and the tests read this table, and nothing else decides. A table or a column that is
-- not listed here fails a test.

-- table -----------------------------------------------------------------------------------------------------------
create table private.personal_data (
  table_name text primary key check (char_length(table_name) <= 127),
  -- What becomes of a user's rows at their erasure:
  -- user, cascade: they go with the user, by foreign keys. delete: the erasure deletes them. files: through the storage API.
  -- anonymise: the erasure empties columns. keep: they stay, see reason. function: a function that reason names does it.
  -- expire: soon gone by their retention period. nobody: they are about no user.
  purge text not null check (purge in ('user', 'cascade', 'delete', 'files', 'anonymise', 'keep', 'function', 'expire', 'nobody')),
  -- What it holds, in the words of an export; null: it is not exported.
  about text check (char_length(about) <= 200),
  -- Condition, as SQL, under which row t is about the user $1.
  owner text check (char_length(owner) <= 1000),
  -- Columns that can hold or lead to personal data, and those that cannot.
  personal text[] not null check (pg_column_size(personal) <= 4096),
  other text[] not null check (pg_column_size(other) <= 4096),
  -- Of these, what an export leaves out: secrets, other people, and the state of our own machinery.
  hidden text[] not null check (pg_column_size(hidden) <= 4096),
  -- Assignments that anonymise a row.
  sets text check (char_length(sets) <= 1000),
  -- Why it is kept, or who deletes it.
  reason text check (char_length(reason) <= 1000),
  -- A further condition of the export: rows about the user that name other people.
  exported_where text check (char_length(exported_where) <= 1000),
  constraint anonymised_rows_have_assignments check ((purge = 'anonymise') = (sets is not null)),
  constraint erased_rows_have_an_owner check (purge not in ('delete', 'anonymise') or owner is not null),
  constraint exported_rows_have_an_owner check (about is null or owner is not null),
  constraint kept_rows_have_a_reason check (purge not in ('keep', 'anonymise', 'function', 'expire') or reason is not null)
);
comment on table private.personal_data is
  'The register of personal data: per table whose it is, what is exported, and what an erasure does. Read by the export, the erasure and the tests.';

-- row level security ----------------------------------------------------------------------------------------------
alter table private.personal_data enable row level security;

-- data ------------------------------------------------------------------------------------------------------------
insert into private.personal_data (table_name, purge, about, owner, personal, other, hidden, sets, reason)
select
  v.table_name, v.purge, v.about, v.owner, string_to_array(v.personal, ' '), string_to_array(v.other, ' '),
  string_to_array(v.hidden, ' '), v.sets, v.reason
from (values
('auth.users', 'user', 'Your sign-in: address, phone, when it was confirmed', 't.id = $1', 'id email encrypted_password phone confirmation_token recovery_token email_change email_change_token_new email_change_token_current phone_change phone_change_token reauthentication_token raw_app_meta_data raw_user_meta_data',
 'aud role email_confirmed_at confirmed_at invited_at confirmation_sent_at recovery_sent_at email_change_sent_at email_change_confirm_status phone_confirmed_at phone_change_sent_at reauthentication_sent_at banned_until deleted_at is_sso_user is_anonymous last_sign_in_at created_at updated_at', 'encrypted_password confirmation_token recovery_token email_change_token_new email_change_token_current phone_change_token reauthentication_token', null, null),
('auth.identities', 'cascade', 'Services that you sign in with', 't.user_id = $1', 'provider_id user_id identity_data email',
 'id provider last_sign_in_at created_at updated_at', '', null, null),
('auth.sessions', 'cascade', 'Where you are signed in', 't.user_id = $1', 'user_id user_agent ip tag refresh_token_hmac_key factor_id',
 'id not_after refreshed_at refresh_token_counter scopes created_at updated_at aal', 'refresh_token_hmac_key refresh_token_counter factor_id', null, null),
('auth.refresh_tokens', 'delete', null, 't.user_id::text = $1::text', 'token user_id session_id parent',
 'id revoked created_at updated_at', '', null, null),
('auth.flow_state', 'delete', null, 't.user_id = $1', 'user_id auth_code code_challenge provider_access_token provider_refresh_token invite_token referrer linking_target_id',
 'id authentication_method code_challenge_method provider_type auth_code_issued_at oauth_client_state_id email_optional created_at updated_at', '', null, null),
('auth.audit_log_entries', 'delete', 'What happened at sign-in', 't.payload ->> ''actor_id'' = $1::text or t.payload -> ''traits'' ->> ''user_id'' = $1::text', 'payload ip_address',
 'id created_at', '', null, null),
('auth.one_time_tokens', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.mfa_factors', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.mfa_challenges', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.mfa_amr_claims', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.oauth_authorizations', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.oauth_consents', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.webauthn_credentials', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('auth.webauthn_challenges', 'cascade', null, null, '',
 '', '', null, 'Only in hosted Supabase, which deletes its rows with the user'),
('storage.objects', 'files', 'Your files, by name and size', 't.name ~>=~ ($1::text || ''/'') and t.name ~<~ ($1::text || ''0'') and t.bucket_id <> ''account-exports''', 'name owner owner_id metadata user_metadata path_tokens',
 'id bucket_id version created_at updated_at last_accessed_at', 'path_tokens', null, 'Deleted through the storage API before the user; the export has the files themselves'),
('storage.buckets', 'nobody', null, null, '',
 'id name owner owner_id public file_size_limit allowed_mime_types created_at updated_at', '', null, null),
('public.profiles', 'cascade', 'Your profile', 't.id = $1', 'id email full_name first_name last_name avatar_url phone bio location website linkedin github job_title company active_resume_id last_login_at',
 'email_verified preferred_ai_provider plan subscription_status is_active created_at updated_at deleted_at', '', null, null),
('public.user_settings', 'cascade', 'Your settings', 't.user_id = $1', 'user_id locale',
 'email_notifications resume_tips job_alerts profile_visibility data_analytics ai_consent_at theme created_at updated_at', '', null, null),
('public.user_setting_pairs', 'cascade', 'Preferences that apps stored for you', 't.user_id = $1', 'user_id setting_key setting_value',
 'updated_at', '', null, null),
('public.admin_users', 'cascade', null, 't.user_id = $1', 'user_id email permissions',
 'id role created_at', '', null, null),
('private.admin_operations', 'nobody', null, null, '',
 'name permission changes personal', '', null, null),
('private.admin_permissions', 'nobody', null, null, '',
 'role permission', '', null, null),
('private.admin_changes', 'delete', null, 't.user_id = $1 or t.admin_id = $1', 'admin_id key user_id answer',
 'operation request_hash created_at', '', null, null),
('private.provider_keys', 'cascade', 'Your own keys for AI services, by their last four characters', 't.user_id = $1', 'user_id ciphertext nonce hint',
 'provider key_id created_at tested_at', 'ciphertext nonce key_id', null, null),
('private.signup_progress', 'cascade', null, 't.user_id = $1', 'user_id error',
 'starter_resume_at trial_at due_at created_at', '', null, null),
('private.signup_attempts', 'expire', null, null, 'id',
 'answer created_at', '', null, 'Attempts by hashed request, without an address, for one day'),
('private.signup_fingerprints', 'keep', null, null, 'fingerprint',
 'benefit granted_at', '', null, 'Keyed hash of the mailbox: one welcome grant and one trial per mailbox (fraud prevention, Art. 6(1)(f) GDPR)'),
('private.fingerprint_key', 'nobody', null, null, '',
 'id key', '', null, null),
('private.signup_rules', 'nobody', null, null, '',
 'domain verdict note created_at', '', null, null),
('private.mailbox_confirmations', 'keep', null, 't.user_id = $1', 'user_id fingerprint',
 'confirmed_at', '', null, 'Keyed hash of the mailbox, by which debts of a closed account are found again (claims, Art. 17(3)(e) GDPR)'),
('private.closed_accounts', 'keep', null, 't.user_id = $1', 'user_id',
 'closed_at', '', null, 'The bare id, so that it is not used again and late payments find no new owner'),
('private.erasures', 'keep', null, 't.user_id = $1', 'user_id',
 'done started_at finished_at', '', null, 'Proof of the erasure, by the bare id'),
('private.account_requests', 'cascade', null, 't.user_id = $1', 'user_id idempotency_key',
 'action created_at', '', null, null),
('private.account_exports', 'cascade', 'Earlier exports', 't.user_id = $1', 'user_id parts',
 'id task_id created_at expires_at', 'task_id', null, null),
('private.archive_keys', 'cascade', null, 't.user_id = $1', 'user_id key',
 'created_at', '', null, 'With the key go the archived rows, which nothing else opens'),
('private.personal_data', 'nobody', null, null, '',
 'table_name purge about owner personal other hidden sets reason exported_where', '', null, null),
('public.resumes', 'cascade', 'Your résumés', 't.user_id = $1', 'user_id title content layout share_slug extracted_text search thumbnail_path original_file_path exported_pdf_path photo_path',
 'id template_id status is_draft is_active is_public share_contact share_photo show_photo share_indexable share_pdf share_expires_at ats_score optimization_score ai_optimized_for_job_id parent_resume_id parent_version version last_edited last_accessed_at created_at updated_at deleted_at', 'search', null, null),
('public.resume_versions', 'cascade', 'Earlier versions of your résumés', 't.user_id = $1', 'user_id title content layout change_summary changed_by',
 'id resume_id version_number change_type created_at', '', null, null),
('public.resume_drafts', 'cascade', 'Unsaved changes to your résumés', 't.user_id = $1', 'user_id content',
 'id resume_id template_id last_saved created_at', '', null, null),
('public.resume_uploads', 'cascade', 'Résumés that you uploaded, and what was read in them', 't.user_id = $1', 'user_id file_name path parsed_data error_message',
 'id file_size_bytes parse_status confidence resume_id created_at updated_at', '', null, null),
('public.resume_downloads', 'cascade', 'Files that were made from your résumés', 't.user_id = $1', 'user_id file_path details',
 'id generation_id document_id resume_id resume_version format file_size_bytes download_count last_downloaded_at created_at', '', null, null),
('public.resume_generations', 'cascade', 'Longer work that you asked for', 't.user_id = $1', 'user_id template_name role_type resume_data latex_content result idempotency_key request_id error_message',
 'id operation session_id resume_id usage_id function_name request_hash retry_of status progress attempts lease_until error_code processing_time_ms created_at updated_at started_at completed_at', 'request_hash retry_of attempts lease_until', null, null),
('public.resume_bullets', 'cascade', 'Bullet points that were written for you', 't.user_id = $1', 'user_id question transcript bullets role experience',
 'id session_id usage_id created_at', '', null, null),
('public.user_experiences', 'cascade', 'Your work experience', 't.user_id = $1', 'user_id company position location start_date end_date description technologies achievements responsibilities',
 'id is_current created_at updated_at', '', null, null),
('public.jobs', 'cascade', 'Jobs that you saved', 't.user_id = $1', 'user_id title company description extracted_data location salary_range source_url notes interview_at search',
 'id employment_type status resume_id resume_version furthest_step created_at updated_at deleted_at', 'search', null, null),
('public.analyses', 'cascade', 'Analyses of your résumés', 't.user_id = $1', 'user_id job_title company job_description issues suggestions results error_message',
 'id resume_id resume_version job_id analysis_type score keywords_matched keywords_missing keywords_total ai_provider model_used tokens_used credits_used estimated_cost processing_time_ms usage_id status created_at updated_at completed_at', '', null, null),
('public.generated_documents', 'cascade', 'Letters and other texts that were written for you', 't.user_id = $1', 'user_id title prompt content',
 'id document_type job_id resume_id resume_version ai_provider model_used usage_id created_at updated_at', '', null, null),
('public.interview_sessions', 'cascade', 'Your practice interviews', 't.user_id = $1', 'user_id role_type job_title job_description strengths improvements feedback session_data',
 'id session_type interviewer_id job_id resume_id resume_version language usage_id credits_used turns_count max_turns questions_answered total_questions score duration_seconds duration_minutes status created_at updated_at completed_at', '', null, null),
('public.interview_turns', 'cascade', 'What was said in your practice interviews', 't.user_id = $1', 'user_id message details audio_path',
 'id session_id transcriptions speaker turn_number question_number processing_time_ms created_at', '', null, null),
('public.interview_transcripts', 'cascade', 'Transcripts of your recordings', 't.user_id = $1', 'user_id audio_path transcript_text',
 'id session_id question_number duration_seconds confidence_score processing_time_ms created_at', '', null, null),
('public.resume_templates', 'cascade', 'Your own templates', 't.user_id = $1', 'user_id name description design preview_path',
 'id slug type category layout sections demo_resume_id based_on is_premium ats_score usage_count is_active is_public created_at updated_at', '', null, null),
('private.task_inputs', 'cascade', null, 't.task_id in (select g.id from public.resume_generations as g where g.user_id = $1)', 'input',
 'task_id created_at', '', null, null),
('private.share_passwords', 'cascade', null, 't.resume_id in (select r.id from public.resumes as r where r.user_id = $1)', 'salt hash',
 'resume_id rounds updated_at', '', null, null),
('private.share_takedowns', 'cascade', 'Shared résumés that were taken down, and why', 't.resume_id in (select r.id from public.resumes as r where r.user_id = $1)', 'reason admin_id',
 'resume_id created_at', 'admin_id', null, null),
('private.share_views', 'cascade', 'How often your shared résumés were read, by day', 't.resume_id in (select r.id from public.resumes as r where r.user_id = $1)', '',
 'resume_id day views', '', null, null),
('public.feedback', 'cascade', 'Feedback that you gave', 't.user_id = $1', 'user_id content context',
 'id category created_at updated_at', '', null, null),
('public.usage_events', 'cascade', 'What you used, and what it cost', 't.user_id = $1', 'user_id idempotency_key request_hash session_data release_reason',
 'id operation_type quota_group attempt status funding plan units cost credits_used period_type period_key counters resets_at hold_lots hold_units resume_id job_id ai_provider costed_attempts reserved_at expires_at settled_at created_at', 'request_hash hold_lots hold_units costed_attempts counters', null, null),
('public.usage_tracking', 'cascade', 'How much of your plan you used, by period', 't.user_id = $1', 'user_id',
 'quota_group period_type period_key used held created_at updated_at', '', null, null),
('private.usage_results', 'function', 'The latest paid answers', 't.usage_id in (select e.id from public.usage_events as e where e.user_id = $1)', 'result receipt',
 'usage_id created_at', '', null, 'private.forget_answers(), before the operations go'),
('public.user_credits', 'cascade', 'Your credits', 't.user_id = $1', 'user_id',
 'balance reserved debt entries wake_at holds_since settled_at next_lot_at released_on released_count created_at updated_at', '', null, null),
('public.credit_grants', 'cascade', 'Credits that you were given, and what became of them', 't.user_id = $1', 'user_id',
 'id source grant_key amount taken lost frozen returned expired remaining priority starts_at expires_at reference created_at', '', null, null),
('public.ai_usage', 'anonymise', 'Requests to AI services for you', 't.user_id = $1', 'user_id request_summary response_summary',
 'id usage_id feature provider model input_tokens output_tokens estimated_cost payer response_time_ms was_cached prompt_version created_at date', '', 'request_summary = null, response_summary = null', 'Our costs, under the bare id (accounting)'),
('private.ai_cache', 'function', null, 't.user_id = $1', 'user_id response',
 'prompt_hash created_at expires_at', '', null, 'private.forget_cached_answers(); lives for an hour anyway'),
('private.rate_limits', 'delete', null, 't.key like ''ratelimit:'' || $1::text || '':%''', 'key',
 'window_start hits', '', null, 'Counters by network address expire within a day'),
('private.model_spend', 'nobody', null, null, '',
 'day shard cost', '', null, null),
('public.credit_transactions', 'anonymise', 'Your credit history', 't.user_id = $1', 'user_id description',
 'seq id amount balance_after kind operation_type usage_id grant_id spent_at reference created_at', '', 'description = null', 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.credit_awards', 'anonymise', null, 't.user_id = $1', 'user_id description actor_id',
 'grant_key source units awarded_at expires_at priority reference created_at', '', 'description = null', 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('public.payments', 'anonymise', 'Your payments', 't.user_id = $1', 'user_id provider_customer_id error_description receipt_url',
 'id provider provider_reference provider_payment_id provider_invoice_id provider_order_id provider_subscription_id order_id subscription_id provider_account kind provider_price_id upgrade_price_id list_amount terms plan billing_interval covers_period problem told_at status_at fetched_at contradicted_at amount amount_refunded amount_lost amount_disputed currency status dispute_status method error_code period_start period_end acted_at paid_at receipt_number created_at updated_at', 'contradicted_at told_at fetched_at problem', 'receipt_url = null, error_description = null', 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.payment_refunds', 'keep', 'Refunds', 't.provider_payment_id in (select p.provider_payment_id from public.payments as p where p.user_id = $1)', 'provider_payment_id',
 'provider provider_refund_id amount currency status state_at processed_at fetched_at needs_refetch told_at contradicted_at created_at updated_at', 'contradicted_at told_at fetched_at needs_refetch', null, 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.payment_disputes', 'keep', 'Disputed payments', 't.provider_payment_id in (select p.provider_payment_id from public.payments as p where p.user_id = $1)', 'provider_payment_id',
 'provider provider_dispute_id amount currency status reason state_at lost_at fetched_at needs_refetch told_at contradicted_at created_at updated_at', 'contradicted_at told_at fetched_at needs_refetch', null, 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.billing_orders', 'anonymise', 'Your orders', 't.user_id = $1', 'user_id trial_mailbox response idempotency_key',
 'id kind pack credits plan item_name price billing_interval trial_days coupon coupon_terms list_amount amount currency provider provider_account provider_order_id provider_subscription_id status offer_ends_at offer_ended_at can_be_closed closed_at close_asked_at request_hash paid_at created_at updated_at', 'trial_mailbox request_hash response can_be_closed close_asked_at provider_account', 'response = null, idempotency_key = ''erased:'' || t.id', 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.payment_review_notes', 'anonymise', null, 't.user_id = $1', 'user_id note closed_by',
 'code subject amount closed_at', '', 'note = ''erased''', 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.receipt_counter', 'nobody', null, null, '',
 'is_only last_number', '', null, null),
('public.subscriptions', 'keep', 'Your subscriptions', 't.user_id = $1', 'user_id provider_customer_id',
 'id provider provider_subscription_id plan billing_interval currency status current_period_start current_period_end cancel_at_period_end cancelled_at ended_at trial_end paid_until returned_periods accepted_late trial_plan scheduled_plan custom_limits state_at state_key needs_refetch refetched_at created_at updated_at', 'state_key needs_refetch refetched_at custom_limits', null, 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.subscription_states', 'keep', null, 't.provider_subscription_id in (select s.provider_subscription_id from public.subscriptions as s where s.user_id = $1)', 'customer_id',
 'provider provider_subscription_id state_at source state_key price_id status period_start period_end trial_end cancel_at_period_end cancelled_at ended_at scheduled_change created_at', '', null, 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('private.subscription_acceptances', 'keep', null, 't.provider_subscription_id in (select s.provider_subscription_id from public.subscriptions as s where s.user_id = $1)', '',
 'provider provider_subscription_id accepted_at', '', null, 'Books of account: six to ten years by tax and commercial law (for example s. 147 AO, s. 257 HGB, Art. 17(3)(b) GDPR)'),
('public.billing_customers', 'keep', 'Your customer numbers at payment services', 't.user_id = $1', 'user_id provider_customer_id',
 'id provider created_at updated_at', '', null, 'By the customer number at the provider, late refunds and disputes find their books'),
('private.webhook_events', 'function', null, null, 'body facts objects error_detail',
 'id provider event_id body_hash event_type account occurred_at status effects error_code attempts next_attempt_at deliveries received_at processed_at', '', null, 'private.strip_events() empties the bodies; amounts and numbers at the provider stay for the books'),
('public.audit_logs', 'anonymise', 'What happened in your account', 't.user_id = $1 or (t.actor_id = $1 and t.actor_id <> t.user_id)', 'user_id actor_id ip_address user_agent changes',
 'id action entity_type entity_id created_at', 'actor_id', 'ip_address = null, user_agent = null, changes = case when t.user_id = $1 then ''{}'' else t.changes end', 'What happened when, under the bare id, for a year (security)'),
('public.system_events', 'delete', 'Technical events about your account', 't.user_id = $1', 'event_data user_id ip_address user_agent',
 'id event_type severity created_at', 'event_data', null, null),
('private.outbox', 'delete', null, 't.kind = ''file'' and split_part(t.object, ''/'', 2) = $1::text or t.kind = ''thumbnail'' and t.object in (select r.id::text from public.resumes as r where r.user_id = $1)', 'object',
 'id kind attempts next_attempt_at created_at', '', null, null),
('private.mails', 'function', 'E-mails that we sent to you', 't.user_id = $1', 'user_id fact address locale',
 'id kind status attempts next_attempt_at created_at', 'fact address locale attempts next_attempt_at', null, 'They go with the user by foreign key. The last one has the address instead: private.mail_end() deletes it once it is sent, refused or given up'),
('private.mail_key', 'nobody', null, null, '',
 'id key', '', null, null),
('private.cleanup_runs', 'expire', null, null, 'tasks',
 'id complete started_at updated_at', '', null, 'Counts and numbers at payment providers, for 90 days'),
('private.partition_archives', 'nobody', null, null, 'archived_to',
 'partition lines complete updated_at', '', null, null),
('private.coupons', 'nobody', null, null, '',
 'code percent_off amount_off currency applies_to only_for duration max_redemptions valid_from valid_until is_active razorpay_offer_id created_at updated_at', '', null, null),
('private.provider_prices', 'nobody', null, null, '',
 'provider provider_price_id price plan billing_interval currency amount created_at', '', null, null),
('private.retention_policies', 'nobody', null, null, '',
 'data_type table_name age_column keep only_where archive empties becomes reason updated_at', '', null, null),
('public.credit_pack_prices', 'nobody', null, null, '',
 'pack currency amount created_at updated_at', '', null, null),
('public.credit_packs', 'nobody', null, null, '',
 'slug name credits position is_active created_at updated_at', '', null, null),
('public.global_config', 'nobody', null, null, '',
 'key value description created_at updated_at', '', null, null),
('public.interviewers', 'nobody', null, null, '',
 'id slug name title company avatar_path experience specialty description is_active created_at updated_at', '', null, null),
('public.operations', 'nobody', null, null, '',
 'slug name quota_group default_cost max_runtime_seconds answers aliases kept_in asks_model is_active created_at updated_at', '', null, null),
('public.plan_limits', 'nobody', null, null, '',
 'plan quota_group per_day per_month per_lifetime per_minute cost created_at updated_at', '', null, null),
('public.plan_prices', 'nobody', null, null, '',
 'slug plan billing_interval currency amount razorpay_plan_id stripe_price_id is_active created_at updated_at', '', null, null),
('public.plans', 'nobody', null, null, '',
 'slug name description rank is_default is_active monthly_credits max_resumes premium_templates trial_days grace_days created_at updated_at', '', null, null),
('public.premium_designs', 'nobody', null, null, '',
 'template_id design', '', null, null),
('public.quota_groups', 'nobody', null, null, '',
 'slug name limit_key created_at', '', null, null),
('public.storage_limits', 'nobody', null, null, '',
 'id kind plan max_rows max_bytes', '', null, null)
) as v (table_name, purge, about, owner, personal, other, hidden, sets, reason);

-- What somebody else did to the account names them.
update private.personal_data set exported_where = 't.user_id = $1 and coalesce(t.actor_id, $1) = $1' where table_name = 'public.audit_logs';

-- functions -------------------------------------------------------------------------------------------------------
create function private.erase_traces(p_user_id uuid, p_purges text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_entry private.personal_data;
begin
  -- Opens append-only tables for the rows of this user, until it is done.
  perform set_config('resumebase.erasing', p_user_id::text, true);
  for v_entry in
    select d.* from private.personal_data as d
    where d.purge = any(p_purges) and to_regclass(d.table_name) is not null
    order by d.table_name
  loop
    execute case v_entry.purge
      when 'delete' then format('delete from %s as t where %s', v_entry.table_name, v_entry.owner)
      else format('update %s as t set %s where %s', v_entry.table_name, v_entry.sets, v_entry.owner)
    end using p_user_id;
  end loop;
  perform set_config('resumebase.erasing', '', true);
end
$$;
comment on function private.erase_traces(uuid, text[]) is
  'Deletes or anonymises what the register says must not outlive the user and no foreign key takes along. Only as part of an erasure.';
