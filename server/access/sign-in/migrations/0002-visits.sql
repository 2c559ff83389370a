-- What somebody signed in with, as they would call it: such as "Firefox on Windows". It tells their own visits apart.
alter table access.session add column device text;
