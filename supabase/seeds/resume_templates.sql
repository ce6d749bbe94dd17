-- The built-in résumé templates. Loading this file again updates them in place and leaves users' templates alone.
-- ats_score is our own scan of the gallery's résumé in each template: `python -m local.template_scores` writes it.
with v (slug, name, category, description, is_premium, ats_score, design) as (
  values
  (
    'modern-1', 'Modern', 'modern',
    'Clean single column with a coloured name and thin rules. The default.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Lato", "body": "Lato", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#1f4e79", "secondary": "#2e75b6", "text": "#222222", "muted": "#5f6b76"},
      "sectionOrder": ["personalInfo", "summary", "experience", "projects", "education", "skills", "certifications", "languages", "awards", "volunteer", "publications", "references"],
      "spacing": {"margins": "0.8in", "lineHeight": 1.35, "sectionGap": "14pt", "itemGap": "8pt"},
      "header": {"align": "left"}, "headings": {"case": "none", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'classic', 'Classic', 'traditional',
    'Centred serif header, black text, sections in the order that recruiters expect.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Playfair Display", "body": "Lato", "fallback": "serif", "size": "10pt"},
      "colors": {"primary": "#2c3e50", "secondary": "#3498db", "text": "#1a1a1a", "muted": "#4a4a4a"},
      "sectionOrder": ["personalInfo", "summary", "experience", "education", "skills", "projects", "certifications", "languages", "awards", "volunteer", "publications", "references"],
      "spacing": {"margins": "1in", "lineHeight": 1.5, "sectionGap": "12pt", "itemGap": "8pt"},
      "header": {"align": "center"}, "headings": {"case": "upper", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'compact', 'Compact', 'professional',
    'Narrow margins and tight lines: a long career on one page.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Source Sans 3", "body": "Source Sans 3", "fallback": "sans", "size": "9pt"},
      "colors": {"primary": "#333333", "secondary": "#555555", "text": "#1a1a1a", "muted": "#666666"},
      "sectionOrder": ["personalInfo", "summary", "skills", "experience", "education", "certifications", "projects", "languages", "awards", "volunteer", "publications", "references"],
      "spacing": {"margins": "0.5in", "lineHeight": 1.15, "sectionGap": "8pt", "itemGap": "4pt"},
      "header": {"align": "left"}, "headings": {"case": "upper", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY", "fit": {"minMargins": "0.4in", "minLineHeight": 1.05}
    }'
  ),
  (
    'tech', 'Tech', 'tech',
    'Skills and projects first, monospaced headings, links kept in sight.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "JetBrains Mono", "body": "Inter", "fallback": "mono", "size": "10pt"},
      "colors": {"primary": "#0b7285", "secondary": "#1098ad", "text": "#212529", "muted": "#6c757d"},
      "sectionOrder": ["personalInfo", "summary", "skills", "experience", "projects", "education", "certifications", "publications", "awards", "languages", "volunteer", "references"],
      "spacing": {"margins": "0.75in", "lineHeight": 1.3, "sectionGap": "12pt", "itemGap": "6pt"},
      "header": {"align": "left"}, "headings": {"case": "none", "rule": "left"}, "bullets": "–",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'academic', 'Academic', 'academic',
    'A curriculum vitae: education and publications lead, serif throughout, full dates.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "EB Garamond", "body": "EB Garamond", "fallback": "serif", "size": "11pt"},
      "colors": {"primary": "#1a1a1a", "secondary": "#6b1f1f", "text": "#1a1a1a", "muted": "#555555"},
      "sectionOrder": ["personalInfo", "summary", "education", "publications", "experience", "awards", "projects", "volunteer", "certifications", "skills", "languages", "references"],
      "spacing": {"margins": "1in", "lineHeight": 1.4, "sectionGap": "14pt", "itemGap": "8pt"},
      "header": {"align": "center"}, "headings": {"case": "small-caps", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMMM YYYY"
    }'
  ),
  (
    'minimal', 'Minimal', 'modern',
    'No rules and no colour: white space does the work.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Inter", "body": "Inter", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#111111", "secondary": "#111111", "text": "#222222", "muted": "#777777"},
      "sectionOrder": ["personalInfo", "summary", "experience", "education", "skills", "projects", "certifications", "languages", "awards", "volunteer", "publications", "references"],
      "spacing": {"margins": "1in", "lineHeight": 1.5, "sectionGap": "18pt", "itemGap": "10pt"},
      "header": {"align": "left"}, "headings": {"case": "none", "rule": "none"}, "bullets": "•",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'graduate', 'Graduate', 'entry-level',
    'For a first position: education, projects and volunteering before a short work history.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Lato", "body": "Source Sans 3", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#2f6f4f", "secondary": "#4c9f70", "text": "#212121", "muted": "#616161"},
      "sectionOrder": ["personalInfo", "summary", "education", "projects", "experience", "skills", "volunteer", "awards", "certifications", "languages", "publications", "references"],
      "spacing": {"margins": "0.9in", "lineHeight": 1.4, "sectionGap": "14pt", "itemGap": "8pt"},
      "header": {"align": "left"}, "headings": {"case": "none", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'sidebar', 'Sidebar', 'modern',
    'Two columns: contact, skills and languages beside the career.',
    false, 88,
    '{
      "layout": "two-column",
      "fonts": {"heading": "Lato", "body": "Lato", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#34495e", "secondary": "#5d7b93", "text": "#222222", "muted": "#5c6670"},
      "sectionOrder": ["personalInfo", "summary", "experience", "projects", "education", "volunteer", "publications", "skills", "languages", "certifications", "awards", "references"],
      "spacing": {"margins": "0.7in", "lineHeight": 1.3, "sectionGap": "12pt", "itemGap": "8pt"},
      "header": {"align": "left", "photo": "start"}, "headings": {"case": "none", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY",
      "sidebar": {"side": "left", "width": "30%", "sections": ["skills", "languages", "certifications", "awards", "interests"], "contact": true, "tinted": true},
      "skills": "lines"
    }'
  ),
  (
    'executive', 'Executive', 'professional',
    'Generous serif design for senior roles, with achievements right under the summary.',
    true, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Source Serif 4", "body": "Source Serif 4", "fallback": "serif", "size": "10.5pt"},
      "colors": {"primary": "#1b2a41", "secondary": "#a17c2f", "text": "#1c1c1c", "muted": "#52575d"},
      "sectionOrder": ["personalInfo", "summary", "awards", "experience", "certifications", "education", "volunteer", "publications", "skills", "languages", "projects", "references"],
      "spacing": {"margins": "1in", "lineHeight": 1.45, "sectionGap": "16pt", "itemGap": "10pt"},
      "header": {"align": "center"}, "headings": {"case": "small-caps", "rule": "below"}, "bullets": "•",
      "dateFormat": "MMM YYYY"
    }'
  ),
  (
    'creative', 'Creative', 'creative',
    'Two columns under a coloured band, for portfolios and design work.',
    true, 88,
    '{
      "layout": "two-column",
      "fonts": {"heading": "Poppins", "body": "Lato", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#6a1b9a", "secondary": "#ec407a", "text": "#2b2b2b", "muted": "#6d6d6d"},
      "sectionOrder": ["personalInfo", "summary", "projects", "experience", "education", "skills", "awards", "languages", "certifications", "volunteer", "publications", "references"],
      "spacing": {"margins": "0.6in", "lineHeight": 1.4, "sectionGap": "14pt", "itemGap": "8pt"},
      "header": {"align": "band", "photo": "end"}, "headings": {"case": "none", "rule": "none"}, "bullets": "•",
      "dateFormat": "MMM YYYY",
      "sidebar": {"side": "right", "width": "31%", "sections": ["skills", "awards", "languages", "certifications", "interests"]},
      "skills": "lines"
    }'
  ),
  (
    'europass', 'Europe', 'traditional',
    'Dates in a column of their own beside every entry, a photo, and paper in A4, as European employers know it.',
    false, 88,
    '{
      "layout": "single-column", "paper": "a4",
      "fonts": {"heading": "Source Sans 3", "body": "Source Sans 3", "fallback": "sans", "size": "10pt"},
      "colors": {"primary": "#0e4194", "secondary": "#1f6fb5", "text": "#1d1d1b", "muted": "#58595b"},
      "sectionOrder": ["personalInfo", "summary", "experience", "education", "languages", "skills", "projects", "certifications", "volunteer", "publications", "awards", "interests", "references"],
      "spacing": {"margins": "20mm", "lineHeight": 1.35, "sectionGap": "14pt", "itemGap": "8pt"},
      "header": {"align": "left", "photo": "end"}, "headings": {"case": "upper", "rule": "below"}, "bullets": "•",
      "dateFormat": "MM/YYYY", "entries": {"dates": "start"}
    }'
  ),
  (
    'plain', 'Plain', 'traditional',
    'Black text in one column with nothing that a parser could trip over: for application forms.',
    false, 100,
    '{
      "layout": "single-column",
      "fonts": {"heading": "Source Sans 3", "body": "Source Sans 3", "fallback": "sans", "size": "10.5pt"},
      "colors": {"primary": "#000000", "secondary": "#000000", "text": "#000000", "muted": "#333333"},
      "sectionOrder": ["personalInfo", "summary", "experience", "education", "skills", "certifications", "projects", "languages", "awards", "volunteer", "publications", "references"],
      "spacing": {"margins": "0.9in", "lineHeight": 1.3, "sectionGap": "12pt", "itemGap": "7pt"},
      "header": {"align": "left"}, "headings": {"case": "upper", "rule": "none"}, "bullets": "•",
      "dateFormat": "MM/YYYY"
    }'
  )
),
templates as (
  insert into public.resume_templates as t
    (id, slug, name, type, user_id, category, description, design, is_premium, ats_score, is_active, is_public)
  select
    md5('resumebase/template/' || v.slug)::uuid, v.slug, v.name, 'built-in', null, v.category, v.description,
    case when not v.is_premium then v.design::jsonb end, v.is_premium, v.ats_score, true, true
  from v
  on conflict (slug) do update set
    name = excluded.name, category = excluded.category, description = excluded.description, design = excluded.design,
    is_premium = excluded.is_premium, ats_score = excluded.ats_score, is_active = true, is_public = true
  returning t.id, t.slug
)
insert into public.premium_designs as d (template_id, design)
select t.id, v.design::jsonb from templates as t inner join v on v.slug = t.slug and v.is_premium
on conflict (template_id) do update set design = excluded.design;
