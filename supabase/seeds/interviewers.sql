-- The characters who conduct interviews. Loading this file again updates them in place.
insert into public.interviewers as i (id, slug, name, title, company, experience, specialty, description)
select md5('resumebase/interviewer/' || v.slug)::uuid, v.slug, v.name, v.title, v.company, v.experience, v.specialty, v.description
from (
  values
  (
    'maya-chen', 'Maya Chen', 'Engineering Manager', 'A cloud software company', '8+ years', 'Software engineering, system design',
    'Asks how and why. Wants to hear which trade-offs you saw, what you measured and what you would do differently.'
  ),
  (
    'david-okafor', 'David Okafor', 'Senior Recruiter', 'A staffing agency', '10+ years', 'Behavioural interviews, first screening',
    'Friendly and quick. Checks that your story fits the role and that every answer has a situation, an action and a result.'
  ),
  (
    'sofia-rossi', 'Sofia Rossi', 'Product Director', 'A consumer app company', '12+ years', 'Product management, prioritisation',
    'Gives you a vague problem and watches how you find out whose problem it is, what it is worth and what to leave out.'
  ),
  (
    'james-whitfield', 'James Whitfield', 'Finance Director', 'A manufacturing group', '15+ years', 'Finance, operations, analysis',
    'Calm and exact. Traces every number you mention back to its source.'
  ),
  (
    'aisha-rahman', 'Aisha Rahman', 'Data Science Lead', 'A health technology company', '9+ years', 'Data science, statistics, machine learning',
    'Moves between concept and detail. Expects you to say what could make your result wrong.'
  ),
  (
    'tom-becker', 'Tom Becker', 'Head of Sales', 'A business software vendor', '11+ years', 'Sales, negotiation, customer success',
    'Plays a sceptical customer. Interrupts, objects and wants to see what you do when your plan fails.'
  ),
  (
    'elena-petrova', 'Elena Petrova', 'Creative Director', 'A design studio', '13+ years', 'Design, marketing, portfolio reviews',
    'Talks through your work piece by piece: who it was for, which part was yours, and how you knew that it worked.'
  ),
  (
    'robert-hale', 'Robert Hale', 'Chief Executive', 'A mid-sized services company', '20+ years', 'Leadership, executive interviews',
    'Few questions, long silences. Wants to hear about judgement, decisions about people, and what you learned from your worst one.'
  )
) as v (slug, name, title, company, experience, specialty, description)
on conflict (slug) do update set
  name = excluded.name, title = excluded.title, company = excluded.company, experience = excluded.experience,
  specialty = excluded.specialty, description = excluded.description, is_active = true;
