-- Since when the email or number is unconfirmed; null once it is confirmed.
alter table claim add column unconfirmed_since timestamptz;

-- Of users who never confirmed an email or number, the claim counts as unconfirmed from now on. Who confirmed an earlier one keeps it.
update claim set unconfirmed_since = now()
where held_until is null and not exists (
    select from domain_event_entry
    where aggregate_identifier = claim.user_id::text
        and payload_type = case claim.kind when 'EMAIL' then 'user.email-confirmed.v1' else 'user.number-confirmed.v1' end);
