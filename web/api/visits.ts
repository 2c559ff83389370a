/** Where somebody is signed in, and which apps they allowed to see things. */
export type OpenVisit = {
  id: string;
  isThis: boolean;
  device: string | null;
  role: string | null;
  organisation: string | null;
  begun: string;
  lastSeen: string;
  endsAt: string;
};

export type AllowedApp = {
  id: string;
  visit: string;
  name: string;
  organisation: string;
  says: string[];
  isAboutOne: boolean;
  allowed: string;
  lastUsed: string | null;
};

export type Visits = {
  mustSignInAgain: boolean;
  provider: string;
  visits: OpenVisit[];
  apps: AllowedApp[];
};
