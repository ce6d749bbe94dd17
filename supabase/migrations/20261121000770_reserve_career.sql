-- What a whole résumé is written from: read with the reservation, from tables of several concerns.

-- function ----------------------------------------------------------------------------------------------------
create function private.own_career(p_user_id uuid, p_wanted jsonb, p_resume jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_session public.interview_sessions;
  v_content jsonb := p_resume -> 'content';
  v_added jsonb;
  v_answers jsonb := '[]';
begin
  if p_wanted ? 'template_id' then
    perform private.assert_template_usable(p_user_id, (p_wanted ->> 'template_id')::uuid);
  end if;
  if p_wanted ? 'session_id' then
    select s.* into v_session
    from public.interview_sessions as s where s.id = (p_wanted ->> 'session_id')::uuid and s.user_id = p_user_id;
    if not found then
      perform private.raise_problem(404, 'session_not_found');
    elsif v_session.status <> 'completed' then
      perform private.raise_problem(409, 'session_not_completed', 'The interview is ' || v_session.status || '.');
    end if;
    v_content := coalesce(v_content, (
      select r.content from public.resumes as r where r.id = v_session.resume_id and r.user_id = p_user_id and r.deleted_at is null
    ));
    -- Who answered a question again meant the later answer.
    select coalesce(jsonb_agg(jsonb_build_object('question', q.message, 'answer', a.message) order by q.question_number), '[]')
    into v_answers
    from public.interview_turns as q
    cross join lateral (
      select t.message from public.interview_turns as t
      where t.session_id = q.session_id and t.user_id = q.user_id and t.speaker = 'user' and t.question_number = q.question_number
      order by t.turn_number desc limit 1
    ) as a
    where q.session_id = v_session.id and q.user_id = p_user_id and q.speaker = 'ai';
  end if;
  v_added := private.experience_entries(p_user_id, coalesce(v_content -> 'experience', '[]'));
  if v_answers || v_added || coalesce(v_content -> 'experience', '[]') = '[]' then
    perform private.raise_problem(422, 'nothing_to_write_from', 'The profile has no experiences, and there are no answers.');
  end if;
  return jsonb_build_object(
    'content', coalesce(v_content, '{}'), 'experience', v_added, 'answers', v_answers,
    'role', coalesce(v_session.job_title, v_session.role_type),
    'profile', (
      select jsonb_strip_nulls(jsonb_build_object(
        'name', coalesce(p.full_name, nullif(concat_ws(' ', p.first_name, p.last_name), '')), 'headline', p.job_title,
        'email', p.email, 'phone', p.phone, 'location', p.location, 'website', p.website, 'linkedin', p.linkedin, 'github', p.github
      ))
      from public.profiles as p where p.id = p_user_id
    )
  );
end
$$;
comment on function private.own_career(uuid, jsonb, jsonb) is
  'What a whole résumé is written from: the profile, the experiences beside the jobs of the given résumé, and with a session_id the answers of a finished interview, and its résumé if none is given. Refuses a template that the user may not choose, and 422 if there is nothing.';
