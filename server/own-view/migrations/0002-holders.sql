-- Who answers for it, by which access decides who may answer: the organisation whose staff looked, and the holder of the person's record.
alter table own_view.question add column source text;
alter table own_view.copy add column source text;
