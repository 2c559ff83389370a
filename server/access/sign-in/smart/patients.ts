import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The one person an app will be about, as whoever allows it reads them. */
export type ChosenPatient = { id: string; patientId: string; name: string; birthDate: string | undefined };

type Patient = {
  id?: string;
  birthDate?: string;
  name?: { text?: string; given?: string[]; family?: string }[];
};

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Looks somebody up by the public API as whoever asks, so that access decides and the look is in the log. Who may not be seen is
 * not found.
 */
export function patientLookUp(
  app: FastifyInstance,
  patientIdOf: (id: string) => Promise<string | undefined>,
) {
  const ask = async (request: FastifyRequest, url: string): Promise<unknown> => {
    const { cookie } = request.headers;
    const answer = await app.inject({
      method: 'GET',
      url,
      remoteAddress: request.ip,
      headers: {
        host: request.headers.host ?? '',
        accept: 'application/fhir+json',
        ...(cookie === undefined ? {} : { cookie }),
      },
    });
    return answer.statusCode === 200 ? (JSON.parse(answer.body) as unknown) : undefined;
  };
  const chosen = async (patient: Patient | undefined): Promise<ChosenPatient | undefined> => {
    const patientId = patient?.id === undefined ? undefined : await patientIdOf(patient.id);
    if (patient?.id === undefined || patientId === undefined) return undefined;
    return { id: patient.id, patientId, name: nameOf(patient), birthDate: patient.birthDate };
  };
  return {
    async byId(request: FastifyRequest, id: string): Promise<ChosenPatient | undefined> {
      if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) return undefined;
      return chosen((await ask(request, `/fhir/Patient/${id}`)) as Patient | undefined);
    },
    async byNhsNumber(request: FastifyRequest, given: string): Promise<ChosenPatient | undefined> {
      const number = given.replaceAll(/\s/g, '');
      if (!/^\d{10}$/.test(number)) return undefined;
      const identifier = encodeURIComponent(`${nhsNumberSystem}|${number}`);
      const found = await ask(request, `/fhir/Patient?identifier=${identifier}&_sort=-_lastUpdated&_count=1`);
      const [first] = (found as { entry?: { resource?: Patient }[] } | undefined)?.entry ?? [];
      return chosen(first?.resource);
    },
  };
}

export type PatientLookUp = ReturnType<typeof patientLookUp>;

function nameOf({ name: [name] = [] }: Patient): string {
  const parts = [...(name?.given ?? []), name?.family].filter((part) => part !== undefined);
  return name?.text ?? (parts.length > 0 ? parts.join(' ') : 'Name not recorded');
}
