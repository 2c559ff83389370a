/** What an app asks for, as the API says it. */
export type AppRequest = {
  app: { name: string; organisation: string; home: string | null };
  scopes: { scope: string; says: string; changes: boolean }[];
  patient: { name: string; birthDate?: string } | null;
  mustChoose: boolean;
  left: number;
};

/** The address of a question under way, below the API. */
export const requestPath = (uid: string | undefined): string =>
  `/api/app-requests/${encodeURIComponent(uid ?? '')}`;
