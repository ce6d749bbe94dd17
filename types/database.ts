// Made by `make types`. Do not edit.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "admin_users": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"permissions": NonNullable<Json>,"role": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id"?: string,"permissions"?: NonNullable<Json>,"role"?: string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"permissions"?: NonNullable<Json>,"role"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"ai_usage": {
                  Row: {
                    "created_at": string,"date": string,"estimated_cost": number | null,"feature": string,"id": string,"input_tokens": number | null,"model": string | null,"output_tokens": number | null,"payer": string,"prompt_version": string | null,"provider": string,"request_summary": string | null,"response_summary": string | null,"response_time_ms": number | null,"usage_id": string | null,"user_id": string,"was_cached": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"date"?: string,"estimated_cost"?: number | null,"feature": string,"id"?: string,"input_tokens"?: number | null,"model"?: string | null,"output_tokens"?: number | null,"payer"?: string,"prompt_version"?: string | null,"provider": string,"request_summary"?: string | null,"response_summary"?: string | null,"response_time_ms"?: number | null,"usage_id"?: string | null,"user_id": string,"was_cached"?: boolean
                  }
                  Update: {
                    "created_at"?: string,"date"?: string,"estimated_cost"?: number | null,"feature"?: string,"id"?: string,"input_tokens"?: number | null,"model"?: string | null,"output_tokens"?: number | null,"payer"?: string,"prompt_version"?: string | null,"provider"?: string,"request_summary"?: string | null,"response_summary"?: string | null,"response_time_ms"?: number | null,"usage_id"?: string | null,"user_id"?: string,"was_cached"?: boolean
                  }
                  Relationships: [
                    
                  ]
                },"analyses": {
                  Row: {
                    "ai_provider": string | null,"analysis_type": string,"company": string | null,"completed_at": string | null,"created_at": string,"credits_used": number | null,"error_message": string | null,"estimated_cost": number | null,"id": string,"issues": NonNullable<Json>,"job_description": string | null,"job_id": string | null,"job_title": string | null,"keywords_matched": number | null,"keywords_missing": number | null,"keywords_total": number | null,"model_used": string | null,"processing_time_ms": number | null,"results": NonNullable<Json>,"resume_id": string | null,"resume_version": number | null,"score": number | null,"status": string,"suggestions": NonNullable<Json>,"tokens_used": number | null,"updated_at": string,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_provider"?: string | null,"analysis_type": string,"company"?: string | null,"completed_at"?: string | null,"created_at"?: string,"credits_used"?: number | null,"error_message"?: string | null,"estimated_cost"?: number | null,"id"?: string,"issues"?: NonNullable<Json>,"job_description"?: string | null,"job_id"?: string | null,"job_title"?: string | null,"keywords_matched"?: number | null,"keywords_missing"?: number | null,"keywords_total"?: number | null,"model_used"?: string | null,"processing_time_ms"?: number | null,"results"?: NonNullable<Json>,"resume_id"?: string | null,"resume_version"?: number | null,"score"?: number | null,"status"?: string,"suggestions"?: NonNullable<Json>,"tokens_used"?: number | null,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Update: {
                    "ai_provider"?: string | null,"analysis_type"?: string,"company"?: string | null,"completed_at"?: string | null,"created_at"?: string,"credits_used"?: number | null,"error_message"?: string | null,"estimated_cost"?: number | null,"id"?: string,"issues"?: NonNullable<Json>,"job_description"?: string | null,"job_id"?: string | null,"job_title"?: string | null,"keywords_matched"?: number | null,"keywords_missing"?: number | null,"keywords_total"?: number | null,"model_used"?: string | null,"processing_time_ms"?: number | null,"results"?: NonNullable<Json>,"resume_id"?: string | null,"resume_version"?: number | null,"score"?: number | null,"status"?: string,"suggestions"?: NonNullable<Json>,"tokens_used"?: number | null,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "analyses_job_id_user_id_fkey"
      columns: ["job_id","user_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "analyses_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "analyses_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "analyses_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_logs": {
                  Row: {
                    "action": string,"actor_id": string | null,"changes": NonNullable<Json>,"created_at": string,"entity_id": string | null,"entity_type": string | null,"id": string,"ip_address": unknown,"user_agent": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor_id"?: string | null,"changes"?: NonNullable<Json>,"created_at"?: string,"entity_id"?: string | null,"entity_type"?: string | null,"id"?: string,"ip_address"?: unknown,"user_agent"?: string | null,"user_id"?: string | null
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string | null,"changes"?: NonNullable<Json>,"created_at"?: string,"entity_id"?: string | null,"entity_type"?: string | null,"id"?: string,"ip_address"?: unknown,"user_agent"?: string | null,"user_id"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"billing_customers": {
                  Row: {
                    "created_at": string,"id": string,"provider": string,"provider_customer_id": string,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id"?: string,"provider": string,"provider_customer_id": string,"updated_at"?: string,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"provider"?: string,"provider_customer_id"?: string,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"credit_grants": {
                  Row: {
                    "amount": number,"created_at": string,"expired": number,"expires_at": string | null,"frozen": number,"grant_key": string,"id": string,"lost": number,"priority": number,"reference": string | null,"remaining": number,"returned": NonNullable<Json>,"source": string,"starts_at": string,"taken": number,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"created_at"?: string,"expired"?: number,"expires_at"?: string | null,"frozen"?: number,"grant_key": string,"id"?: string,"lost"?: number,"priority"?: number,"reference"?: string | null,"remaining": number,"returned"?: NonNullable<Json>,"source": string,"starts_at"?: string,"taken"?: number,"user_id": string
                  }
                  Update: {
                    "amount"?: number,"created_at"?: string,"expired"?: number,"expires_at"?: string | null,"frozen"?: number,"grant_key"?: string,"id"?: string,"lost"?: number,"priority"?: number,"reference"?: string | null,"remaining"?: number,"returned"?: NonNullable<Json>,"source"?: string,"starts_at"?: string,"taken"?: number,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "credit_grants_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "credit_summary"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "credit_grants_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "credit_grants_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "credit_grants_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "user_credits"
      referencedColumns: ["user_id"]
    }
                  ]
                },"credit_pack_prices": {
                  Row: {
                    "amount": number,"created_at": string,"currency": string,"pack": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"created_at"?: string,"currency": string,"pack": string,"updated_at"?: string
                  }
                  Update: {
                    "amount"?: number,"created_at"?: string,"currency"?: string,"pack"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "credit_pack_prices_pack_fkey"
      columns: ["pack"]
isOneToOne: false
      referencedRelation: "credit_packs"
      referencedColumns: ["slug"]
    }
                  ]
                },"credit_packs": {
                  Row: {
                    "created_at": string,"credits": number,"is_active": boolean,"name": string,"position": number,"slug": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"credits": number,"is_active"?: boolean,"name": string,"position"?: number,"slug": string,"updated_at"?: string
                  }
                  Update: {
                    "created_at"?: string,"credits"?: number,"is_active"?: boolean,"name"?: string,"position"?: number,"slug"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"credit_transactions": {
                  Row: {
                    "amount": number,"balance_after": number,"created_at": string,"description": string | null,"grant_id": string | null,"id": string,"kind": string,"operation_type": string | null,"reference": string | null,"seq": number,"spent_at": string | null,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"balance_after": number,"created_at"?: string,"description"?: string | null,"grant_id"?: string | null,"id"?: string,"kind": string,"operation_type"?: string | null,"reference"?: string | null,"seq": number,"spent_at"?: string | null,"usage_id"?: string | null,"user_id": string
                  }
                  Update: {
                    "amount"?: number,"balance_after"?: number,"created_at"?: string,"description"?: string | null,"grant_id"?: string | null,"id"?: string,"kind"?: string,"operation_type"?: string | null,"reference"?: string | null,"seq"?: number,"spent_at"?: string | null,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"feedback": {
                  Row: {
                    "category": string,"content": string,"context": NonNullable<Json>,"created_at": string,"id": string,"updated_at": string,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "category"?: string,"content": string,"context"?: NonNullable<Json>,"created_at"?: string,"id"?: string,"updated_at"?: string,"user_id"?: string | null
                  }
                  Update: {
                    "category"?: string,"content"?: string,"context"?: NonNullable<Json>,"created_at"?: string,"id"?: string,"updated_at"?: string,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "feedback_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"generated_documents": {
                  Row: {
                    "ai_provider": string | null,"content": string,"created_at": string,"document_type": string,"id": string,"job_id": string | null,"model_used": string | null,"prompt": string | null,"resume_id": string | null,"resume_version": number | null,"title": string | null,"updated_at": string,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_provider"?: string | null,"content": string,"created_at"?: string,"document_type": string,"id"?: string,"job_id"?: string | null,"model_used"?: string | null,"prompt"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"title"?: string | null,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Update: {
                    "ai_provider"?: string | null,"content"?: string,"created_at"?: string,"document_type"?: string,"id"?: string,"job_id"?: string | null,"model_used"?: string | null,"prompt"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"title"?: string | null,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "generated_documents_job_id_user_id_fkey"
      columns: ["job_id","user_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "generated_documents_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "generated_documents_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "generated_documents_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"global_config": {
                  Row: {
                    "created_at": string,"description": string | null,"key": string,"updated_at": string,"value": NonNullable<Json>
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"description"?: string | null,"key": string,"updated_at"?: string,"value": NonNullable<Json>
                  }
                  Update: {
                    "created_at"?: string,"description"?: string | null,"key"?: string,"updated_at"?: string,"value"?: NonNullable<Json>
                  }
                  Relationships: [
                    
                  ]
                },"interview_sessions": {
                  Row: {
                    "completed_at": string | null,"created_at": string,"credits_used": number | null,"duration_minutes": number | null,"duration_seconds": number | null,"feedback": string | null,"id": string,"improvements": NonNullable<Json>,"interviewer_id": string | null,"job_description": string | null,"job_id": string | null,"job_title": string | null,"language": string,"max_turns": number,"questions_answered": number,"resume_id": string | null,"resume_version": number | null,"role_type": string | null,"score": number | null,"session_data": NonNullable<Json>,"session_type": string,"status": string,"strengths": NonNullable<Json>,"total_questions": number | null,"turns_count": number,"updated_at": string,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "completed_at"?: string | null,"created_at"?: string,"credits_used"?: number | null,"duration_minutes"?: never,"duration_seconds"?: number | null,"feedback"?: string | null,"id"?: string,"improvements"?: NonNullable<Json>,"interviewer_id"?: string | null,"job_description"?: string | null,"job_id"?: string | null,"job_title"?: string | null,"language"?: string,"max_turns"?: number,"questions_answered"?: number,"resume_id"?: string | null,"resume_version"?: number | null,"role_type"?: string | null,"score"?: number | null,"session_data"?: NonNullable<Json>,"session_type": string,"status"?: string,"strengths"?: NonNullable<Json>,"total_questions"?: number | null,"turns_count"?: number,"updated_at"?: string,"usage_id"?: string | null,"user_id": string
                  }
                  Update: {
                    "completed_at"?: string | null,"created_at"?: string,"credits_used"?: number | null,"duration_minutes"?: never,"duration_seconds"?: number | null,"feedback"?: string | null,"id"?: string,"improvements"?: NonNullable<Json>,"interviewer_id"?: string | null,"job_description"?: string | null,"job_id"?: string | null,"job_title"?: string | null,"language"?: string,"max_turns"?: number,"questions_answered"?: number,"resume_id"?: string | null,"resume_version"?: number | null,"role_type"?: string | null,"score"?: number | null,"session_data"?: NonNullable<Json>,"session_type"?: string,"status"?: string,"strengths"?: NonNullable<Json>,"total_questions"?: number | null,"turns_count"?: number,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "interview_sessions_interviewer_id_fkey"
      columns: ["interviewer_id"]
isOneToOne: false
      referencedRelation: "interviewers"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "interview_sessions_job_id_user_id_fkey"
      columns: ["job_id","user_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "interview_sessions_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "interview_sessions_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "interview_sessions_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"interview_transcripts": {
                  Row: {
                    "audio_path": string | null,"confidence_score": number | null,"created_at": string,"duration_seconds": number | null,"id": string,"processing_time_ms": number | null,"question_number": number | null,"session_id": string | null,"transcript_text": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "audio_path"?: string | null,"confidence_score"?: number | null,"created_at"?: string,"duration_seconds"?: number | null,"id"?: string,"processing_time_ms"?: number | null,"question_number"?: number | null,"session_id"?: string | null,"transcript_text": string,"user_id": string
                  }
                  Update: {
                    "audio_path"?: string | null,"confidence_score"?: number | null,"created_at"?: string,"duration_seconds"?: number | null,"id"?: string,"processing_time_ms"?: number | null,"question_number"?: number | null,"session_id"?: string | null,"transcript_text"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "interview_transcripts_session_id_user_id_fkey"
      columns: ["session_id","user_id"]
isOneToOne: false
      referencedRelation: "interview_sessions"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "interview_transcripts_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"interview_turns": {
                  Row: {
                    "audio_path": string | null,"created_at": string,"details": NonNullable<Json>,"id": string,"message": string,"processing_time_ms": number | null,"question_number": number | null,"session_id": string,"speaker": string,"transcriptions": number,"turn_number": number,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "audio_path"?: string | null,"created_at"?: string,"details"?: NonNullable<Json>,"id"?: string,"message": string,"processing_time_ms"?: number | null,"question_number"?: number | null,"session_id": string,"speaker": string,"transcriptions"?: number,"turn_number"?: number,"user_id": string
                  }
                  Update: {
                    "audio_path"?: string | null,"created_at"?: string,"details"?: NonNullable<Json>,"id"?: string,"message"?: string,"processing_time_ms"?: number | null,"question_number"?: number | null,"session_id"?: string,"speaker"?: string,"transcriptions"?: number,"turn_number"?: number,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "interview_turns_session_id_user_id_fkey"
      columns: ["session_id","user_id"]
isOneToOne: false
      referencedRelation: "interview_sessions"
      referencedColumns: ["id","user_id"]
    }
                  ]
                },"interviewers": {
                  Row: {
                    "avatar_path": string | null,"company": string | null,"created_at": string,"description": string | null,"experience": string | null,"id": string,"is_active": boolean,"name": string,"slug": string,"specialty": string | null,"title": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "avatar_path"?: string | null,"company"?: string | null,"created_at"?: string,"description"?: string | null,"experience"?: string | null,"id"?: string,"is_active"?: boolean,"name": string,"slug": string,"specialty"?: string | null,"title"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "avatar_path"?: string | null,"company"?: string | null,"created_at"?: string,"description"?: string | null,"experience"?: string | null,"id"?: string,"is_active"?: boolean,"name"?: string,"slug"?: string,"specialty"?: string | null,"title"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"jobs": {
                  Row: {
                    "company": string | null,"created_at": string,"deleted_at": string | null,"description": string | null,"employment_type": string | null,"extracted_data": Json | null,"furthest_step": string,"id": string,"interview_at": string | null,"location": string | null,"notes": string | null,"resume_id": string | null,"resume_version": number | null,"salary_range": string | null,"search": unknown,"source_url": string | null,"status": string,"title": string,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "company"?: string | null,"created_at"?: string,"deleted_at"?: string | null,"description"?: string | null,"employment_type"?: string | null,"extracted_data"?: Json | null,"furthest_step"?: string,"id"?: string,"interview_at"?: string | null,"location"?: string | null,"notes"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"salary_range"?: string | null,"search"?: unknown,"source_url"?: string | null,"status"?: string,"title": string,"updated_at"?: string,"user_id"?: string
                  }
                  Update: {
                    "company"?: string | null,"created_at"?: string,"deleted_at"?: string | null,"description"?: string | null,"employment_type"?: string | null,"extracted_data"?: Json | null,"furthest_step"?: string,"id"?: string,"interview_at"?: string | null,"location"?: string | null,"notes"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"salary_range"?: string | null,"search"?: unknown,"source_url"?: string | null,"status"?: string,"title"?: string,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "jobs_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "jobs_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "jobs_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"operations": {
                  Row: {
                    "aliases": (string)[],"answers": string,"asks_model": boolean,"created_at": string,"default_cost": number | null,"is_active": boolean,"kept_in": string | null,"max_runtime_seconds": number,"name": string,"quota_group": string | null,"slug": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "aliases"?: (string)[],"answers"?: string,"asks_model"?: boolean,"created_at"?: string,"default_cost"?: number | null,"is_active"?: boolean,"kept_in"?: string | null,"max_runtime_seconds": number,"name": string,"quota_group"?: string | null,"slug": string,"updated_at"?: string
                  }
                  Update: {
                    "aliases"?: (string)[],"answers"?: string,"asks_model"?: boolean,"created_at"?: string,"default_cost"?: number | null,"is_active"?: boolean,"kept_in"?: string | null,"max_runtime_seconds"?: number,"name"?: string,"quota_group"?: string | null,"slug"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "operations_quota_group_fkey"
      columns: ["quota_group"]
isOneToOne: false
      referencedRelation: "quota_groups"
      referencedColumns: ["slug"]
    }
                  ]
                },"payments": {
                  Row: {
                    "acted_at": string | null,"amount": number,"amount_disputed": number,"amount_lost": number,"amount_refunded": number,"billing_interval": string | null,"contradicted_at": string | null,"covers_period": boolean,"created_at": string,"currency": string,"dispute_status": string,"error_code": string | null,"error_description": string | null,"fetched_at": string | null,"id": string,"kind": string | null,"list_amount": number | null,"method": string | null,"order_id": string | null,"paid_at": string | null,"period_end": string | null,"period_start": string | null,"plan": string | null,"problem": string | null,"provider": string,"provider_account": string | null,"provider_customer_id": string | null,"provider_invoice_id": string | null,"provider_order_id": string | null,"provider_payment_id": string | null,"provider_price_id": string | null,"provider_reference": string,"provider_subscription_id": string | null,"receipt_number": string | null,"receipt_url": string | null,"status": string,"status_at": string | null,"subscription_id": string | null,"terms": NonNullable<Json>,"told_at": string | null,"updated_at": string,"upgrade_price_id": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "acted_at"?: string | null,"amount": number,"amount_disputed"?: number,"amount_lost"?: number,"amount_refunded"?: number,"billing_interval"?: string | null,"contradicted_at"?: string | null,"covers_period"?: boolean,"created_at"?: string,"currency": string,"dispute_status"?: string,"error_code"?: string | null,"error_description"?: string | null,"fetched_at"?: string | null,"id"?: string,"kind"?: string | null,"list_amount"?: number | null,"method"?: string | null,"order_id"?: string | null,"paid_at"?: string | null,"period_end"?: string | null,"period_start"?: string | null,"plan"?: string | null,"problem"?: string | null,"provider": string,"provider_account"?: string | null,"provider_customer_id"?: string | null,"provider_invoice_id"?: string | null,"provider_order_id"?: string | null,"provider_payment_id"?: string | null,"provider_price_id"?: string | null,"provider_reference": string,"provider_subscription_id"?: string | null,"receipt_number"?: string | null,"receipt_url"?: string | null,"status": string,"status_at"?: string | null,"subscription_id"?: string | null,"terms"?: NonNullable<Json>,"told_at"?: string | null,"updated_at"?: string,"upgrade_price_id"?: string | null,"user_id"?: string | null
                  }
                  Update: {
                    "acted_at"?: string | null,"amount"?: number,"amount_disputed"?: number,"amount_lost"?: number,"amount_refunded"?: number,"billing_interval"?: string | null,"contradicted_at"?: string | null,"covers_period"?: boolean,"created_at"?: string,"currency"?: string,"dispute_status"?: string,"error_code"?: string | null,"error_description"?: string | null,"fetched_at"?: string | null,"id"?: string,"kind"?: string | null,"list_amount"?: number | null,"method"?: string | null,"order_id"?: string | null,"paid_at"?: string | null,"period_end"?: string | null,"period_start"?: string | null,"plan"?: string | null,"problem"?: string | null,"provider"?: string,"provider_account"?: string | null,"provider_customer_id"?: string | null,"provider_invoice_id"?: string | null,"provider_order_id"?: string | null,"provider_payment_id"?: string | null,"provider_price_id"?: string | null,"provider_reference"?: string,"provider_subscription_id"?: string | null,"receipt_number"?: string | null,"receipt_url"?: string | null,"status"?: string,"status_at"?: string | null,"subscription_id"?: string | null,"terms"?: NonNullable<Json>,"told_at"?: string | null,"updated_at"?: string,"upgrade_price_id"?: string | null,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "payments_plan_fkey"
      columns: ["plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    }
                  ]
                },"plan_limits": {
                  Row: {
                    "cost": number | null,"created_at": string,"per_day": number | null,"per_lifetime": number | null,"per_minute": number | null,"per_month": number | null,"plan": string,"quota_group": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "cost"?: number | null,"created_at"?: string,"per_day"?: number | null,"per_lifetime"?: number | null,"per_minute"?: number | null,"per_month"?: number | null,"plan": string,"quota_group": string,"updated_at"?: string
                  }
                  Update: {
                    "cost"?: number | null,"created_at"?: string,"per_day"?: number | null,"per_lifetime"?: number | null,"per_minute"?: number | null,"per_month"?: number | null,"plan"?: string,"quota_group"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "plan_limits_plan_fkey"
      columns: ["plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    },{
      foreignKeyName: "plan_limits_quota_group_fkey"
      columns: ["quota_group"]
isOneToOne: false
      referencedRelation: "quota_groups"
      referencedColumns: ["slug"]
    }
                  ]
                },"plan_prices": {
                  Row: {
                    "amount": number,"billing_interval": string,"created_at": string,"currency": string,"is_active": boolean,"plan": string,"razorpay_plan_id": string | null,"slug": string,"stripe_price_id": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "amount": number,"billing_interval": string,"created_at"?: string,"currency": string,"is_active"?: boolean,"plan": string,"razorpay_plan_id"?: string | null,"slug": string,"stripe_price_id"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "amount"?: number,"billing_interval"?: string,"created_at"?: string,"currency"?: string,"is_active"?: boolean,"plan"?: string,"razorpay_plan_id"?: string | null,"slug"?: string,"stripe_price_id"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "plan_prices_plan_fkey"
      columns: ["plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    }
                  ]
                },"plans": {
                  Row: {
                    "created_at": string,"description": string,"grace_days": number,"is_active": boolean,"is_default": boolean,"max_resumes": number,"monthly_credits": number,"name": string,"premium_templates": boolean,"rank": number,"slug": string,"trial_days": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"description"?: string,"grace_days"?: number,"is_active"?: boolean,"is_default"?: boolean,"max_resumes"?: number,"monthly_credits"?: number,"name": string,"premium_templates"?: boolean,"rank": number,"slug": string,"trial_days"?: number,"updated_at"?: string
                  }
                  Update: {
                    "created_at"?: string,"description"?: string,"grace_days"?: number,"is_active"?: boolean,"is_default"?: boolean,"max_resumes"?: number,"monthly_credits"?: number,"name"?: string,"premium_templates"?: boolean,"rank"?: number,"slug"?: string,"trial_days"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"premium_designs": {
                  Row: {
                    "design": NonNullable<Json>,"template_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "design": NonNullable<Json>,"template_id": string
                  }
                  Update: {
                    "design"?: NonNullable<Json>,"template_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "premium_designs_template_id_fkey"
      columns: ["template_id"]
isOneToOne: true
      referencedRelation: "resume_templates"
      referencedColumns: ["id"]
    }
                  ]
                },"profiles": {
                  Row: {
                    "active_resume_id": string | null,"avatar_url": string | null,"bio": string | null,"company": string | null,"created_at": string,"deleted_at": string | null,"email": string | null,"email_verified": boolean,"first_name": string | null,"full_name": string | null,"github": string | null,"id": string,"is_active": boolean,"job_title": string | null,"last_login_at": string | null,"last_name": string | null,"linkedin": string | null,"location": string | null,"phone": string | null,"plan": string,"preferred_ai_provider": string | null,"subscription_status": string,"updated_at": string,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "active_resume_id"?: string | null,"avatar_url"?: string | null,"bio"?: string | null,"company"?: string | null,"created_at"?: string,"deleted_at"?: string | null,"email"?: string | null,"email_verified"?: boolean,"first_name"?: string | null,"full_name"?: string | null,"github"?: string | null,"id": string,"is_active"?: boolean,"job_title"?: string | null,"last_login_at"?: string | null,"last_name"?: string | null,"linkedin"?: string | null,"location"?: string | null,"phone"?: string | null,"plan"?: string,"preferred_ai_provider"?: string | null,"subscription_status"?: string,"updated_at"?: string,"website"?: string | null
                  }
                  Update: {
                    "active_resume_id"?: string | null,"avatar_url"?: string | null,"bio"?: string | null,"company"?: string | null,"created_at"?: string,"deleted_at"?: string | null,"email"?: string | null,"email_verified"?: boolean,"first_name"?: string | null,"full_name"?: string | null,"github"?: string | null,"id"?: string,"is_active"?: boolean,"job_title"?: string | null,"last_login_at"?: string | null,"last_name"?: string | null,"linkedin"?: string | null,"location"?: string | null,"phone"?: string | null,"plan"?: string,"preferred_ai_provider"?: string | null,"subscription_status"?: string,"updated_at"?: string,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "profiles_active_resume_id_fkey"
      columns: ["active_resume_id","id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "profiles_active_resume_id_fkey"
      columns: ["active_resume_id","id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    }
                  ]
                },"quota_groups": {
                  Row: {
                    "created_at": string,"limit_key": string,"name": string,"slug": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"limit_key": string,"name": string,"slug": string
                  }
                  Update: {
                    "created_at"?: string,"limit_key"?: string,"name"?: string,"slug"?: string
                  }
                  Relationships: [
                    
                  ]
                },"resume_bullets": {
                  Row: {
                    "bullets": NonNullable<Json>,"created_at": string,"experience": string | null,"id": string,"question": string | null,"role": string | null,"session_id": string | null,"transcript": string,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "bullets": NonNullable<Json>,"created_at"?: string,"experience"?: string | null,"id"?: string,"question"?: string | null,"role"?: string | null,"session_id"?: string | null,"transcript": string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Update: {
                    "bullets"?: NonNullable<Json>,"created_at"?: string,"experience"?: string | null,"id"?: string,"question"?: string | null,"role"?: string | null,"session_id"?: string | null,"transcript"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_bullets_session_id_fkey"
      columns: ["session_id","user_id"]
isOneToOne: false
      referencedRelation: "interview_sessions"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_bullets_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_downloads": {
                  Row: {
                    "created_at": string,"details": NonNullable<Json>,"document_id": string | null,"download_count": number,"file_path": string | null,"file_size_bytes": number | null,"format": string,"generation_id": string | null,"id": string,"last_downloaded_at": string | null,"resume_id": string | null,"resume_version": number | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"details"?: NonNullable<Json>,"document_id"?: string | null,"download_count"?: number,"file_path"?: string | null,"file_size_bytes"?: number | null,"format": string,"generation_id"?: string | null,"id"?: string,"last_downloaded_at"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"user_id"?: string
                  }
                  Update: {
                    "created_at"?: string,"details"?: NonNullable<Json>,"document_id"?: string | null,"download_count"?: number,"file_path"?: string | null,"file_size_bytes"?: number | null,"format"?: string,"generation_id"?: string | null,"id"?: string,"last_downloaded_at"?: string | null,"resume_id"?: string | null,"resume_version"?: number | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_downloads_document_id_user_id_fkey"
      columns: ["document_id","user_id"]
isOneToOne: false
      referencedRelation: "generated_documents"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_downloads_generation_id_user_id_fkey"
      columns: ["generation_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_generations"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_downloads_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resume_downloads_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_downloads_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_drafts": {
                  Row: {
                    "content": NonNullable<Json>,"created_at": string,"id": string,"last_saved": string,"resume_id": string | null,"template_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "content"?: NonNullable<Json>,"created_at"?: string,"id"?: string,"last_saved"?: string,"resume_id"?: string | null,"template_id"?: string | null,"user_id"?: string
                  }
                  Update: {
                    "content"?: NonNullable<Json>,"created_at"?: string,"id"?: string,"last_saved"?: string,"resume_id"?: string | null,"template_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_drafts_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resume_drafts_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_drafts_template_id_fkey"
      columns: ["template_id"]
isOneToOne: false
      referencedRelation: "resume_templates"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resume_drafts_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_generations": {
                  Row: {
                    "attempts": number,"completed_at": string | null,"created_at": string,"error_code": string | null,"error_message": string | null,"function_name": string | null,"id": string,"idempotency_key": string | null,"latex_content": string | null,"lease_until": string | null,"operation": string,"processing_time_ms": number | null,"progress": number,"request_hash": string | null,"request_id": string | null,"result": Json | null,"resume_data": Json | null,"resume_id": string | null,"retry_of": string | null,"role_type": string | null,"session_id": string | null,"started_at": string | null,"status": string,"template_name": string | null,"updated_at": string,"usage_id": string | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"completed_at"?: string | null,"created_at"?: string,"error_code"?: string | null,"error_message"?: string | null,"function_name"?: string | null,"id"?: string,"idempotency_key"?: string | null,"latex_content"?: string | null,"lease_until"?: string | null,"operation"?: string,"processing_time_ms"?: number | null,"progress"?: number,"request_hash"?: string | null,"request_id"?: string | null,"result"?: Json | null,"resume_data"?: Json | null,"resume_id"?: string | null,"retry_of"?: string | null,"role_type"?: string | null,"session_id"?: string | null,"started_at"?: string | null,"status"?: string,"template_name"?: string | null,"updated_at"?: string,"usage_id"?: string | null,"user_id": string
                  }
                  Update: {
                    "attempts"?: number,"completed_at"?: string | null,"created_at"?: string,"error_code"?: string | null,"error_message"?: string | null,"function_name"?: string | null,"id"?: string,"idempotency_key"?: string | null,"latex_content"?: string | null,"lease_until"?: string | null,"operation"?: string,"processing_time_ms"?: number | null,"progress"?: number,"request_hash"?: string | null,"request_id"?: string | null,"result"?: Json | null,"resume_data"?: Json | null,"resume_id"?: string | null,"retry_of"?: string | null,"role_type"?: string | null,"session_id"?: string | null,"started_at"?: string | null,"status"?: string,"template_name"?: string | null,"updated_at"?: string,"usage_id"?: string | null,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_generations_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resume_generations_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_generations_retry_of_user_id_fkey"
      columns: ["retry_of","user_id"]
isOneToOne: false
      referencedRelation: "resume_generations"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_generations_session_id_user_id_fkey"
      columns: ["session_id","user_id"]
isOneToOne: false
      referencedRelation: "interview_sessions"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_generations_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_templates": {
                  Row: {
                    "ats_score": number | null,"based_on": string | null,"category": string | null,"created_at": string,"demo_resume_id": string | null,"description": string | null,"design": Json | null,"id": string,"is_active": boolean,"is_premium": boolean,"is_public": boolean,"layout": string | null,"name": string,"preview_path": string | null,"sections": number | null,"slug": string | null,"type": string,"updated_at": string,"usage_count": number,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "ats_score"?: number | null,"based_on"?: string | null,"category"?: string | null,"created_at"?: string,"demo_resume_id"?: string | null,"description"?: string | null,"design"?: Json | null,"id"?: string,"is_active"?: boolean,"is_premium"?: boolean,"is_public"?: boolean,"layout"?: never,"name": string,"preview_path"?: string | null,"sections"?: never,"slug"?: string | null,"type"?: string,"updated_at"?: string,"usage_count"?: number,"user_id"?: string | null
                  }
                  Update: {
                    "ats_score"?: number | null,"based_on"?: string | null,"category"?: string | null,"created_at"?: string,"demo_resume_id"?: string | null,"description"?: string | null,"design"?: Json | null,"id"?: string,"is_active"?: boolean,"is_premium"?: boolean,"is_public"?: boolean,"layout"?: never,"name"?: string,"preview_path"?: string | null,"sections"?: never,"slug"?: string | null,"type"?: string,"updated_at"?: string,"usage_count"?: number,"user_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_templates_based_on_fkey"
      columns: ["based_on"]
isOneToOne: false
      referencedRelation: "resume_templates"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resume_templates_demo_resume_id_fkey"
      columns: ["demo_resume_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id"]
    },{
      foreignKeyName: "resume_templates_demo_resume_id_fkey"
      columns: ["demo_resume_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resume_templates_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_uploads": {
                  Row: {
                    "confidence": number | null,"created_at": string,"error_message": string | null,"file_name": string,"file_size_bytes": number | null,"id": string,"parse_status": string,"parsed_data": Json | null,"path": string,"resume_id": string | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "confidence"?: number | null,"created_at"?: string,"error_message"?: string | null,"file_name": string,"file_size_bytes"?: number | null,"id"?: string,"parse_status"?: string,"parsed_data"?: Json | null,"path": string,"resume_id"?: string | null,"updated_at"?: string,"user_id"?: string
                  }
                  Update: {
                    "confidence"?: number | null,"created_at"?: string,"error_message"?: string | null,"file_name"?: string,"file_size_bytes"?: number | null,"id"?: string,"parse_status"?: string,"parsed_data"?: Json | null,"path"?: string,"resume_id"?: string | null,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_uploads_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resume_uploads_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resume_uploads_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_versions": {
                  Row: {
                    "change_summary": string | null,"change_type": string,"changed_by": string | null,"content": NonNullable<Json>,"created_at": string,"id": string,"layout": NonNullable<Json>,"resume_id": string,"title": string,"user_id": string,"version_number": number
                  }
                  ComputedFields: never
                  Insert: {
                    "change_summary"?: string | null,"change_type"?: string,"changed_by"?: string | null,"content": NonNullable<Json>,"created_at"?: string,"id"?: string,"layout"?: NonNullable<Json>,"resume_id": string,"title": string,"user_id": string,"version_number": number
                  }
                  Update: {
                    "change_summary"?: string | null,"change_type"?: string,"changed_by"?: string | null,"content"?: NonNullable<Json>,"created_at"?: string,"id"?: string,"layout"?: NonNullable<Json>,"resume_id"?: string,"title"?: string,"user_id"?: string,"version_number"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "resume_versions_changed_by_fkey"
      columns: ["changed_by"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resume_versions_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resume_versions_resume_id_user_id_fkey"
      columns: ["resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    }
                  ]
                },"resumes": {
                  Row: {
                    "ai_optimized_for_job_id": string | null,"ats_score": number | null,"content": NonNullable<Json>,"created_at": string,"deleted_at": string | null,"exported_pdf_path": string | null,"extracted_text": string | null,"id": string,"is_active": boolean,"is_draft": boolean | null,"is_public": boolean,"last_accessed_at": string | null,"last_edited": string,"layout": NonNullable<Json>,"optimization_score": number | null,"original_file_path": string | null,"parent_resume_id": string | null,"parent_version": number | null,"photo_path": string | null,"search": unknown,"share_contact": boolean,"share_expires_at": string | null,"share_indexable": boolean,"share_pdf": boolean,"share_photo": boolean,"share_slug": string | null,"show_photo": boolean,"status": string,"template_id": string | null,"thumbnail_path": string | null,"title": string,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_optimized_for_job_id"?: string | null,"ats_score"?: number | null,"content"?: NonNullable<Json>,"created_at"?: string,"deleted_at"?: string | null,"exported_pdf_path"?: string | null,"extracted_text"?: string | null,"id"?: string,"is_active"?: boolean,"is_draft"?: boolean | null,"is_public"?: boolean,"last_accessed_at"?: string | null,"last_edited"?: string,"layout"?: NonNullable<Json>,"optimization_score"?: number | null,"original_file_path"?: string | null,"parent_resume_id"?: string | null,"parent_version"?: number | null,"photo_path"?: string | null,"search"?: unknown,"share_contact"?: boolean,"share_expires_at"?: string | null,"share_indexable"?: boolean,"share_pdf"?: boolean,"share_photo"?: boolean,"share_slug"?: string | null,"show_photo"?: boolean,"status"?: string,"template_id"?: string | null,"thumbnail_path"?: string | null,"title"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Update: {
                    "ai_optimized_for_job_id"?: string | null,"ats_score"?: number | null,"content"?: NonNullable<Json>,"created_at"?: string,"deleted_at"?: string | null,"exported_pdf_path"?: string | null,"extracted_text"?: string | null,"id"?: string,"is_active"?: boolean,"is_draft"?: boolean | null,"is_public"?: boolean,"last_accessed_at"?: string | null,"last_edited"?: string,"layout"?: NonNullable<Json>,"optimization_score"?: number | null,"original_file_path"?: string | null,"parent_resume_id"?: string | null,"parent_version"?: number | null,"photo_path"?: string | null,"search"?: unknown,"share_contact"?: boolean,"share_expires_at"?: string | null,"share_indexable"?: boolean,"share_pdf"?: boolean,"share_photo"?: boolean,"share_slug"?: string | null,"show_photo"?: boolean,"status"?: string,"template_id"?: string | null,"thumbnail_path"?: string | null,"title"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "resumes_ai_optimized_for_job_id_fkey"
      columns: ["ai_optimized_for_job_id","user_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resumes_parent_resume_id_user_id_fkey"
      columns: ["parent_resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resume_sections"
      referencedColumns: ["resume_id","user_id"]
    },{
      foreignKeyName: "resumes_parent_resume_id_user_id_fkey"
      columns: ["parent_resume_id","user_id"]
isOneToOne: false
      referencedRelation: "resumes"
      referencedColumns: ["id","user_id"]
    },{
      foreignKeyName: "resumes_template_id_fkey"
      columns: ["template_id"]
isOneToOne: false
      referencedRelation: "resume_templates"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "resumes_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"storage_limits": {
                  Row: {
                    "id": string,"kind": string,"max_bytes": number,"max_rows": number,"plan": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: string,"kind": string,"max_bytes": number,"max_rows": number,"plan"?: string | null
                  }
                  Update: {
                    "id"?: string,"kind"?: string,"max_bytes"?: number,"max_rows"?: number,"plan"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "storage_limits_plan_fkey"
      columns: ["plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    }
                  ]
                },"subscriptions": {
                  Row: {
                    "accepted_late": boolean,"billing_interval": string | null,"cancel_at_period_end": boolean,"cancelled_at": string | null,"created_at": string,"currency": string | null,"current_period_end": string | null,"current_period_start": string | null,"custom_limits": Json | null,"ended_at": string | null,"id": string,"needs_refetch": boolean,"paid_until": string | null,"plan": string,"provider": string,"provider_customer_id": string | null,"provider_subscription_id": string,"refetched_at": string | null,"returned_periods": unknown,"scheduled_plan": string | null,"state_at": string,"state_key": string,"status": string,"trial_end": string | null,"trial_plan": string | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_late"?: boolean,"billing_interval"?: string | null,"cancel_at_period_end"?: boolean,"cancelled_at"?: string | null,"created_at"?: string,"currency"?: string | null,"current_period_end"?: string | null,"current_period_start"?: string | null,"custom_limits"?: Json | null,"ended_at"?: string | null,"id"?: string,"needs_refetch"?: boolean,"paid_until"?: string | null,"plan": string,"provider": string,"provider_customer_id"?: string | null,"provider_subscription_id"?: string,"refetched_at"?: string | null,"returned_periods"?: unknown,"scheduled_plan"?: string | null,"state_at"?: string,"state_key"?: string,"status": string,"trial_end"?: string | null,"trial_plan"?: string | null,"updated_at"?: string,"user_id": string
                  }
                  Update: {
                    "accepted_late"?: boolean,"billing_interval"?: string | null,"cancel_at_period_end"?: boolean,"cancelled_at"?: string | null,"created_at"?: string,"currency"?: string | null,"current_period_end"?: string | null,"current_period_start"?: string | null,"custom_limits"?: Json | null,"ended_at"?: string | null,"id"?: string,"needs_refetch"?: boolean,"paid_until"?: string | null,"plan"?: string,"provider"?: string,"provider_customer_id"?: string | null,"provider_subscription_id"?: string,"refetched_at"?: string | null,"returned_periods"?: unknown,"scheduled_plan"?: string | null,"state_at"?: string,"state_key"?: string,"status"?: string,"trial_end"?: string | null,"trial_plan"?: string | null,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "subscriptions_plan_fkey"
      columns: ["plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    },{
      foreignKeyName: "subscriptions_scheduled_plan_fkey"
      columns: ["scheduled_plan"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["slug"]
    }
                  ]
                },"system_events": {
                  Row: {
                    "created_at": string,"event_data": NonNullable<Json>,"event_type": string,"id": string,"ip_address": unknown,"severity": string,"user_agent": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"event_data"?: NonNullable<Json>,"event_type": string,"id"?: string,"ip_address"?: unknown,"severity"?: string,"user_agent"?: string | null,"user_id"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"event_data"?: NonNullable<Json>,"event_type"?: string,"id"?: string,"ip_address"?: unknown,"severity"?: string,"user_agent"?: string | null,"user_id"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"usage_events": {
                  Row: {
                    "ai_provider": string | null,"attempt": number,"cost": number,"costed_attempts": (number)[],"counters": (string)[],"created_at": string,"credits_used": number,"expires_at": string,"funding": string,"hold_lots": (string)[],"hold_units": (number)[],"id": string,"idempotency_key": string,"job_id": string | null,"operation_type": string,"period_key": string,"period_type": string,"plan": string | null,"quota_group": string,"release_reason": string | null,"request_hash": string,"reserved_at": string,"resets_at": string | null,"resume_id": string | null,"session_data": Json | null,"settled_at": string | null,"status": string,"units": number,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_provider"?: string | null,"attempt"?: number,"cost"?: number,"costed_attempts"?: (number)[],"counters"?: (string)[],"created_at"?: string,"credits_used"?: number,"expires_at": string,"funding": string,"hold_lots"?: (string)[],"hold_units"?: (number)[],"id"?: string,"idempotency_key": string,"job_id"?: string | null,"operation_type": string,"period_key": string,"period_type": string,"plan"?: string | null,"quota_group": string,"release_reason"?: string | null,"request_hash": string,"reserved_at"?: string,"resets_at"?: string | null,"resume_id"?: string | null,"session_data"?: Json | null,"settled_at"?: string | null,"status"?: string,"units"?: number,"user_id": string
                  }
                  Update: {
                    "ai_provider"?: string | null,"attempt"?: number,"cost"?: number,"costed_attempts"?: (number)[],"counters"?: (string)[],"created_at"?: string,"credits_used"?: number,"expires_at"?: string,"funding"?: string,"hold_lots"?: (string)[],"hold_units"?: (number)[],"id"?: string,"idempotency_key"?: string,"job_id"?: string | null,"operation_type"?: string,"period_key"?: string,"period_type"?: string,"plan"?: string | null,"quota_group"?: string,"release_reason"?: string | null,"request_hash"?: string,"reserved_at"?: string,"resets_at"?: string | null,"resume_id"?: string | null,"session_data"?: Json | null,"settled_at"?: string | null,"status"?: string,"units"?: number,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "usage_events_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "credit_summary"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "usage_events_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "usage_events_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "usage_events_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "user_credits"
      referencedColumns: ["user_id"]
    }
                  ]
                },"usage_tracking": {
                  Row: {
                    "created_at": string,"held": number,"period_key": string,"period_type": string,"quota_group": string,"updated_at": string,"used": number,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"held"?: number,"period_key": string,"period_type": string,"quota_group": string,"updated_at"?: string,"used"?: number,"user_id": string
                  }
                  Update: {
                    "created_at"?: string,"held"?: number,"period_key"?: string,"period_type"?: string,"quota_group"?: string,"updated_at"?: string,"used"?: number,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "usage_tracking_quota_group_fkey"
      columns: ["quota_group"]
isOneToOne: false
      referencedRelation: "quota_groups"
      referencedColumns: ["slug"]
    },{
      foreignKeyName: "usage_tracking_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "credit_summary"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "usage_tracking_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "usage_tracking_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "token_balances"
      referencedColumns: ["user_id"]
    },{
      foreignKeyName: "usage_tracking_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "user_credits"
      referencedColumns: ["user_id"]
    }
                  ]
                },"user_credits": {
                  Row: {
                    "balance": number,"created_at": string,"debt": number,"entries": number,"holds_since": string | null,"next_lot_at": string | null,"released_count": number,"released_on": string | null,"reserved": number,"settled_at": string | null,"updated_at": string,"user_id": string,"wake_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "balance"?: number,"created_at"?: string,"debt"?: number,"entries"?: number,"holds_since"?: string | null,"next_lot_at"?: string | null,"released_count"?: number,"released_on"?: string | null,"reserved"?: number,"settled_at"?: string | null,"updated_at"?: string,"user_id": string,"wake_at"?: string | null
                  }
                  Update: {
                    "balance"?: number,"created_at"?: string,"debt"?: number,"entries"?: number,"holds_since"?: string | null,"next_lot_at"?: string | null,"released_count"?: number,"released_on"?: string | null,"reserved"?: number,"settled_at"?: string | null,"updated_at"?: string,"user_id"?: string,"wake_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "user_credits_user_id_fkey"
      columns: ["user_id"]
isOneToOne: true
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"user_experiences": {
                  Row: {
                    "achievements": NonNullable<Json>,"company": string,"created_at": string,"description": string | null,"end_date": string | null,"id": string,"is_current": boolean,"location": string | null,"position": string,"responsibilities": NonNullable<Json>,"start_date": string | null,"technologies": NonNullable<Json>,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "achievements"?: NonNullable<Json>,"company": string,"created_at"?: string,"description"?: string | null,"end_date"?: string | null,"id"?: string,"is_current"?: boolean,"location"?: string | null,"position": string,"responsibilities"?: NonNullable<Json>,"start_date"?: string | null,"technologies"?: NonNullable<Json>,"updated_at"?: string,"user_id"?: string
                  }
                  Update: {
                    "achievements"?: NonNullable<Json>,"company"?: string,"created_at"?: string,"description"?: string | null,"end_date"?: string | null,"id"?: string,"is_current"?: boolean,"location"?: string | null,"position"?: string,"responsibilities"?: NonNullable<Json>,"start_date"?: string | null,"technologies"?: NonNullable<Json>,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "user_experiences_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"user_setting_pairs": {
                  Row: {
                    "setting_key": string,"setting_value": Json | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "setting_key": string,"setting_value"?: Json | null,"updated_at"?: string,"user_id"?: string
                  }
                  Update: {
                    "setting_key"?: string,"setting_value"?: Json | null,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "user_setting_pairs_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"user_settings": {
                  Row: {
                    "ai_consent_at": string | null,"created_at": string,"data_analytics": boolean,"email_notifications": boolean,"job_alerts": boolean,"locale": string | null,"profile_visibility": boolean,"resume_tips": boolean,"theme": string,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_consent_at"?: string | null,"created_at"?: string,"data_analytics"?: boolean,"email_notifications"?: boolean,"job_alerts"?: boolean,"locale"?: string | null,"profile_visibility"?: boolean,"resume_tips"?: boolean,"theme"?: string,"updated_at"?: string,"user_id"?: string
                  }
                  Update: {
                    "ai_consent_at"?: string | null,"created_at"?: string,"data_analytics"?: boolean,"email_notifications"?: boolean,"job_alerts"?: boolean,"locale"?: string | null,"profile_visibility"?: boolean,"resume_tips"?: boolean,"theme"?: string,"updated_at"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "user_settings_user_id_fkey"
      columns: ["user_id"]
isOneToOne: true
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "credit_summary": {
                  Row: {
                    "credits_total": number | null,"credits_used": number | null,"is_premium": boolean | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "user_credits_user_id_fkey"
      columns: ["user_id"]
isOneToOne: true
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"resume_sections": {
                  Row: {
                    "content": Json | null,"created_at": string,"id": string | null,"is_visible": boolean | null,"resume_id": string,"section_order": number | null,"section_type": string | null,"updated_at": string,"user_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "resumes_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"tier_limits": {
                  Row: {
                    "created_at": string | null,"description": string | null,"key": string | null,"updated_at": string | null,"value": Json | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                },"token_balances": {
                  Row: {
                    "current_balance": number,"id": string,"last_updated": string,"total_purchased": number | null,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                           "current_balance"?: number | null,"id"?: string | null,"last_updated"?: string | null,"total_purchased"?: never,"user_id"?: string | null
                         }
                        Update: {
                           "current_balance"?: number | null,"id"?: string | null,"last_updated"?: string | null,"total_purchased"?: never,"user_id"?: string | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "user_credits_user_id_fkey"
      columns: ["id"]
isOneToOne: true
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "user_credits_user_id_fkey"
      columns: ["user_id"]
isOneToOne: true
      referencedRelation: "profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"token_transactions": {
                  Row: {
                    "amount": number | null,"balance_after": number | null,"created_at": string | null,"description": string | null,"feature_type": string | null,"id": string | null,"status": string | null,"transaction_type": string | null,"user_id": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    
                  ]
                }
          }
          Functions: {
"admin_rows":
{ Args: { "p_before"?: string | null,"p_limit"?: number,"p_reason": string,"p_table": string,"p_user_id"?: string | null }; Returns: Json
                           },
"billing_catalogue":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"bin_list":
{ Args: Record<PropertyKey, never>; Returns: {
              "deleted_at": string,"id": string,"kind": string,"title": string
            }[]
                           },
"credit_history":
{ Args: { "p_before"?: number | null,"p_limit"?: number,"p_user_id"?: string }; Returns: Json
                           },
"entitlements":
{ Args: { "p_user_id"?: string }; Returns: Json
                           },
"experiences_from_resume":
{ Args: { "id": string }; Returns: {
              "achievements": NonNullable<Json>,
"company": string,
"created_at": string,
"description": string | null,
"end_date": string | null,
"id": string,
"is_current": boolean,
"location": string | null,
"position": string,
"responsibilities": NonNullable<Json>,
"start_date": string | null,
"technologies": NonNullable<Json>,
"updated_at": string,
"user_id": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "user_experiences"
        isOneToOne: false
        isSetofReturn: true
      } },
"get_user_subscription_status":
{ Args: { "p_user_id": string }; Returns: {
              "cover_letters_remaining": number,"interviews_remaining": number,"is_admin": boolean,"plan_name": string,"status": string
            }[]
                           },
"interview_list":
{ Args: { "p_limit"?: number,"p_status"?: string | null }; Returns: Json
                           },
"interview_state":
{ Args: { "p_session_id": string }; Returns: Json
                           },
"job_delete":
{ Args: { "id": string,"permanently"?: boolean }; Returns: undefined
                           },
"job_search":
{ Args: { "max_results"?: number,"query": string }; Returns: {
              "company": string,"headline": string,"id": string,"rank": number,"status": string,"title": string,"updated_at": string
            }[]
                           },
"job_undelete":
{ Args: { "id": string }; Returns: {
              "company": string | null,
"created_at": string,
"deleted_at": string | null,
"description": string | null,
"employment_type": string | null,
"extracted_data": Json | null,
"furthest_step": string,
"id": string,
"interview_at": string | null,
"location": string | null,
"notes": string | null,
"resume_id": string | null,
"resume_version": number | null,
"salary_range": string | null,
"search": unknown,
"source_url": string | null,
"status": string,
"title": string,
"updated_at": string,
"user_id": string
            }
                          SetofOptions: {
        from: "*"
        to: "jobs"
        isOneToOne: true
        isSetofReturn: false
      } },
"resume_add_experiences":
{ Args: { "base_version": number,"experience_ids"?: (string)[] | null,"id": string }; Returns: {
              "ai_optimized_for_job_id": string | null,
"ats_score": number | null,
"content": NonNullable<Json>,
"created_at": string,
"deleted_at": string | null,
"exported_pdf_path": string | null,
"extracted_text": string | null,
"id": string,
"is_active": boolean,
"is_draft": boolean | null,
"is_public": boolean,
"last_accessed_at": string | null,
"last_edited": string,
"layout": NonNullable<Json>,
"optimization_score": number | null,
"original_file_path": string | null,
"parent_resume_id": string | null,
"parent_version": number | null,
"photo_path": string | null,
"search": unknown,
"share_contact": boolean,
"share_expires_at": string | null,
"share_indexable": boolean,
"share_pdf": boolean,
"share_photo": boolean,
"share_slug": string | null,
"show_photo": boolean,
"status": string,
"template_id": string | null,
"thumbnail_path": string | null,
"title": string,
"updated_at": string,
"user_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "resumes"
        isOneToOne: true
        isSetofReturn: false
      } },
"resume_delete":
{ Args: { "id": string,"permanently"?: boolean }; Returns: undefined
                           },
"resume_download_hit":
{ Args: { "id": string }; Returns: number
                           },
"resume_outcomes":
{ Args: Record<PropertyKey, never>; Returns: {
              "applications": number,"interviews": number,"last_change": string,"offers": number,"rejections": number,"resume_id": string,"resume_version": number,"title": string,"waiting": number
            }[]
                           },
"resume_restore":
{ Args: { "base_version"?: number | null,"id": string,"version_number": number }; Returns: {
              "ai_optimized_for_job_id": string | null,
"ats_score": number | null,
"content": NonNullable<Json>,
"created_at": string,
"deleted_at": string | null,
"exported_pdf_path": string | null,
"extracted_text": string | null,
"id": string,
"is_active": boolean,
"is_draft": boolean | null,
"is_public": boolean,
"last_accessed_at": string | null,
"last_edited": string,
"layout": NonNullable<Json>,
"optimization_score": number | null,
"original_file_path": string | null,
"parent_resume_id": string | null,
"parent_version": number | null,
"photo_path": string | null,
"search": unknown,
"share_contact": boolean,
"share_expires_at": string | null,
"share_indexable": boolean,
"share_pdf": boolean,
"share_photo": boolean,
"share_slug": string | null,
"show_photo": boolean,
"status": string,
"template_id": string | null,
"thumbnail_path": string | null,
"title": string,
"updated_at": string,
"user_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "resumes"
        isOneToOne: true
        isSetofReturn: false
      } },
"resume_save":
{ Args: { "base_version": number,"change_type"?: string,"content": Json,"id": string,"summary"?: string | null }; Returns: {
              "ai_optimized_for_job_id": string | null,
"ats_score": number | null,
"content": NonNullable<Json>,
"created_at": string,
"deleted_at": string | null,
"exported_pdf_path": string | null,
"extracted_text": string | null,
"id": string,
"is_active": boolean,
"is_draft": boolean | null,
"is_public": boolean,
"last_accessed_at": string | null,
"last_edited": string,
"layout": NonNullable<Json>,
"optimization_score": number | null,
"original_file_path": string | null,
"parent_resume_id": string | null,
"parent_version": number | null,
"photo_path": string | null,
"search": unknown,
"share_contact": boolean,
"share_expires_at": string | null,
"share_indexable": boolean,
"share_pdf": boolean,
"share_photo": boolean,
"share_slug": string | null,
"show_photo": boolean,
"status": string,
"template_id": string | null,
"thumbnail_path": string | null,
"title": string,
"updated_at": string,
"user_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "resumes"
        isOneToOne: true
        isSetofReturn: false
      } },
"resume_search":
{ Args: { "max_results"?: number,"query": string }; Returns: {
              "headline": string,"id": string,"rank": number,"status": string,"title": string,"updated_at": string
            }[]
                           },
"resume_share_password":
{ Args: { "id": string,"password"?: string | null }; Returns: undefined
                           },
"resume_share_views":
{ Args: { "days"?: number,"id": string }; Returns: {
              "day": string,"views": number
            }[]
                           },
"resume_undelete":
{ Args: { "id": string }; Returns: {
              "ai_optimized_for_job_id": string | null,
"ats_score": number | null,
"content": NonNullable<Json>,
"created_at": string,
"deleted_at": string | null,
"exported_pdf_path": string | null,
"extracted_text": string | null,
"id": string,
"is_active": boolean,
"is_draft": boolean | null,
"is_public": boolean,
"last_accessed_at": string | null,
"last_edited": string,
"layout": NonNullable<Json>,
"optimization_score": number | null,
"original_file_path": string | null,
"parent_resume_id": string | null,
"parent_version": number | null,
"photo_path": string | null,
"search": unknown,
"share_contact": boolean,
"share_expires_at": string | null,
"share_indexable": boolean,
"share_pdf": boolean,
"share_photo": boolean,
"share_slug": string | null,
"show_photo": boolean,
"status": string,
"template_id": string | null,
"thumbnail_path": string | null,
"title": string,
"updated_at": string,
"user_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "resumes"
        isOneToOne: true
        isSetofReturn: false
      } },
"share_allow":
{ Args: { "id": string,"reason": string }; Returns: undefined
                           },
"share_take_down":
{ Args: { "reason": string,"slug": string }; Returns: string
                           },
"usage_by_period":
{ Args: { "p_from"?: string | null,"p_period_type"?: string,"p_to"?: string | null,"p_user_id"?: string }; Returns: {
              "credits_used": number,"operation_type": string,"operations": number,"paid_by_plan": number,"period_key": string,"period_type": string
            }[]
                           }
}
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
