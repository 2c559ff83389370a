-- Those who wait to be looked at again are taken in the order they came.
drop index people.recheck_patient;
create index recheck_since on people.recheck (since);
