-- Of whom an organisation, or who broke the glass, may know anything: asked from their side, for searches over many people.
create index relationship_organisation on access.relationship (organisation_id, valid_to) where recorded_to is null;
create index glass_user on access.glass (user_id, valid_from) where recorded_to is null;
create index proxy_of on access.proxy (proxy_id) where recorded_to is null;
