-- Which patient a person was named after: the way from a person that is no more to the one its patient now is.
create index particulars_home on people.particulars (home_id);
