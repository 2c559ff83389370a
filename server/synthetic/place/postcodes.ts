const letters = 'ABDEFGHJLNPQRSTUWXYZ';
export const postcodesADistrict = 10 * letters.length ** 2;
/** ZZ99 has a meaning of its own, so districts end before it. */
export const districts = 98;

/**
 * Postcodes of the area ZZ, which Royal Mail never issued. ZZ99 is left out: the NHS uses it for people without an address.
 */
export function postcode(district: number, place: number): string {
  const sector = Math.floor(place / letters.length ** 2) % 10;
  const unit = place % letters.length ** 2;
  return `ZZ${district + 1} ${sector}${letters[Math.floor(unit / letters.length)]}${letters[unit % letters.length]}`;
}

/** What the NHS writes for no fixed abode (NHS Data Dictionary, pseudo postcodes). */
export const noFixedAbodePostcode = 'ZZ99 3VZ';
