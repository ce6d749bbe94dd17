-- Files: four private buckets with a folder per user. Rows hold paths, never URLs.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values
(
  'resumes', 'resumes', false, 10485760,
  array[
    'application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/json',
    'application/zip', 'text/plain'
  ]
),
(
  'exports', 'exports', false, 20971520,
  array[
    'application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/x-tex',
    'text/html', 'text/markdown', 'text/plain', 'application/json', 'image/png', 'application/zip'
  ]
),
(
  'audio', 'audio', false, 26214400,
  array['audio/webm', 'audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/wav', 'audio/x-wav', 'audio/flac']
),
('photos', 'photos', false, 5242880, array['image/jpeg', 'image/png', 'image/webp'])
on conflict (id) do update set
  public = excluded.public, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

create policy "Users read files in their own folder" on storage.objects
for select to authenticated
using (bucket_id in ('resumes', 'exports', 'audio', 'photos') and (storage.foldername(name))[1] = (select private.active_user())::text);

-- Functions write exports, with the secret key.
create policy "Users add files to their own folder" on storage.objects
for insert to authenticated
with check (bucket_id in ('resumes', 'audio', 'photos') and (storage.foldername(name))[1] = (select private.active_user())::text);

-- Not photos: another photo has another path, so what was drawn with one is known by it.
create policy "Users replace files in their own folder" on storage.objects
for update to authenticated
using (bucket_id in ('resumes', 'audio') and (storage.foldername(name))[1] = (select private.active_user())::text)
with check (bucket_id in ('resumes', 'audio') and (storage.foldername(name))[1] = (select private.active_user())::text);

create policy "Users delete files in their own folder" on storage.objects
for delete to authenticated
using (bucket_id in ('resumes', 'audio', 'photos') and (storage.foldername(name))[1] = (select private.active_user())::text);
