/** Family names of England, Scotland and Wales, commonest first. Typed from common knowledge, not from a list. */
export const britishFamily = `Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
  White Roberts Green Hall Wood Jackson Clarke Clark Lewis Harris Thomas Cooper King Baker Turner Martin Hill Ward Morris
  Moore Hughes Edwards Watson Harrison Morgan Scott Allen Young Phillips Carter Parker Mitchell James Cook Bennett Lee
  Davis Price Anderson Shaw Bailey Griffiths Kelly Richardson Cox Collins Simpson Marshall Adams Bell Richards Webb Foster
  Gray Chapman Rogers Stevens Palmer Mason Barker Hunt Mills Holmes Campbell Matthews Lloyd Owen Barnes Knight Butler Reid
  Ellis Fisher Powell Dixon Stewart Robertson Graham Gibson Jenkins Pearson Wells Fox Hudson Reynolds Elliott Andrews Ford
  Harvey Murray Armstrong Kennedy Dawson Lawrence Walsh Day Ryan Black Murphy Grant Ross Spencer Atkinson Cole Carr
  Hamilton Burton Newman Perry Rose Hart Rees Stone Payne Watts Burns Nicholson Hayes Francis Bradley Gardner Henderson
  Nelson Pearce Brooks Lane Arnold Cunningham Hawkins Sutton Barrett Berry Howard Riley Warren Wallace Woods Johnston
  Gordon Fletcher Dean Harper Tucker Coleman Porter Booth Douglas Jordan Bird Saunders Osborne Hardy Goodwin Lowe Bishop
  Walters Newton Webster Peters Page Gilbert Oliver Harding Wilkinson Read May Bates Williamson Rowe Long Crawford Mccarthy
  Thomson Hopkins Sharp Fuller Sanders Frost Abbott Hewitt Chambers Parsons Nash Morton Bowen Lambert Cross Cartwright
  Davidson Pritchard Potter Bolton Howe Buckley Bull Slater Bryant Kaur Waters Stephens Preston Sheppard Kent Kirby Bond
  Barton Marsh Lamb Gregory Higgins Baldwin Hutchinson Duncan Burgess Blake Moss Norris Whitehead Savage Hancock French
  Charlton Fleming Todd Parry Pope Goddard Carpenter Wheeler Skinner Bartlett Manning Naylor Hodgson Bentley Nixon Sutherland
  Whittaker Steele Weston Davey Fowler Benson Hobbs Metcalfe Barber Curtis Kemp Stephenson Storey Dunn Dobson Hilton Bryan
  Yates Thornton Ingram Brookes Haynes Hooper Wade Franklin Townsend Lynch Austin Daniels Tyler Holden Bradshaw Farrell
  Perkins Ball Sykes Holland Short Little Wilkins Wall Jarvis Stokes Gill Robson Mclean Macdonald Mackenzie Mcdonald Fraser
  Cameron Ferguson Morrison Paterson Macleod Kerr Milne Sinclair Muir Boyd Craig Irvine Rae Bruce Munro Ritchie Christie
  Gough Vaughan Probert Llewellyn Gwynne Bevan Meredith Tudor Beynon Pugh Howells Rowlands Humphreys Ashworth Entwistle
  Ramsbottom Hargreaves Sugden Ackroyd Illingworth Murgatroyd Barraclough Greenhalgh Kershaw Fairclough Rigby Aspinall
  Postlethwaite Featherstone Heseltine Braithwaite Tennant Lister Hepworth Oldroyd Crabtree Sutcliffe Horsfall Pickles
  Trelawney Penrose Trevithick Pascoe Tregenza Nance Polkinghorne Angove Chegwidden Coombes Northcott Luscombe Yeo Hannaford
  Goodfellow Thistlethwaite Winterbottom Higginbotham Longbottom Drinkwater Gotobed Sheepshanks Godbehere Pennyfeather
  Fitzgerald Fortescue Cholmondeley Beauchamp Montague Pemberton Wetherby Ainsley Copley Dinsdale Elsworth Fenwick Garside
  Haigh Ibbotson Jagger Kitchen Lockwood Mallinson Nutter Ogden Peel Quinney Ridley Stubbs Tattersall Unsworth Varley
  Waddington Yardley Astley Birtwistle Clegg Duxbury Eccles Furness Grimshaw Holt Isherwood Jepson Kenyon Leigh Mather
  Neville Openshaw Pilkington Quick Ratcliffe Seddon Topping Upton Vickers Worsley Bracegirdle Chadwick Dearden`;

/** Family names of Ireland, for people of Irish descent. */
export const irishFamily = `Murphy Kelly Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Sullivan Doyle McCarthy Gallagher
  Doherty Kennedy Lynch Murray Quinn Moore McLoughlin Carroll Connolly Daly O'Connell Wilson Dunne Brennan Burke Collins
  Campbell Clarke Johnston Hughes O'Farrell Fitzgerald Brown Martin Maguire Nolan Flynn Thompson O'Callaghan O'Donnell
  Duffy O'Mahony Boyle Healy O'Shea White Sweeney Hayes Kavanagh Power McGrath Moran Brady Stewart Casey Foley Fitzpatrick
  O'Leary McDonnell MacMahon Donnelly Regan Donovan Burns Flanagan Mullan Barry Kane Robinson Cunningham Griffin Kenny
  Sheehan Ward Whelan Lyons Reid Graham Higgins Cullen Keane King Maher McKenna Bell Scott Hogan O'Keeffe Magee MacNamara
  McDermott Molloy O'Rourke Buckley O'Dwyer`;

export const irishGiven = {
  F: `Mary Margaret Bridget Catherine Kathleen Eileen Nora Sheila Maureen Siobhán Sinéad Áine Niamh Aoife Ciara Caoimhe
    Orla Gráinne Róisín Deirdre Una Bernadette Patricia Ann Theresa Eimear Clodagh Fionnuala Saoirse Maeve Bríd Nuala`,
  M: `John Patrick Michael James Thomas Seán Liam Kevin Declan Brendan Eamon Padraig Ciarán Conor Cormac Brian Gerard Dermot
    Niall Eoin Oisín Fergal Aidan Cathal Diarmuid Colm Donal Desmond Séamus Finbar Rory Tadhg`,
};
