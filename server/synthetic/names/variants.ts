/**
 * Spellings of one name in Latin letters: people and clerks write them as they hear them. Each line is one name; the first
 * spelling is the commonest.
 */
const spellings = `
  Mohammed Muhammad Mohamed Mohammad Mohamad Muhammed Mohd Md
  Ahmed Ahmad Ahmet Achmed
  Hussain Hussein Husain Hossain Hussan Hüseyin
  Hassan Hasan Hassane
  Yusuf Yousef Youssef Yousaf Yousuf Yosef
  Omar Umar Omer Ömer
  Usman Osman Othman Uthman
  Ali Aly Alli
  Abdul Abdel Abdal
  Abdullah Abdallah Abdullahi Abdulla
  Ibrahim Ebrahim Ibraheem Brahim
  Fatima Fatema Fathima Fatma Fatimah
  Ayesha Aisha Aysha Aïcha Asha Ayşe
  Maryam Mariam Mariyam Meryem Maryan
  Zainab Zaynab Zeinab Zaineb
  Khadija Khadijah Kadija Hatice
  Khalid Khaled Khaleed
  Tariq Tarik Tareq
  Rashid Rasheed Rachid
  Javed Javaid Jawed
  Mahmood Mahmoud Mehmood Mahamud
  Iqbal Eqbal
  Rehman Rahman Rahmaan
  Akhtar Akther Aktar Akter
  Chaudhry Choudhury Chowdhury Chaudhary Chaudhri
  Qureshi Quraishi Koreshi
  Siddiqui Siddique Sidiqi
  Sheikh Shaikh Sheik Shaykh
  Begum Begom
  Uddin Udin Ud-Din
  Haque Hoque Haq Huq
  Miah Mia Miya
  Ullah Ulla
  Hassan Hasan
  Noor Nur Nour
  Nasreen Nasrin Nasrine
  Yasmin Yasmeen Jasmin
  Salma Selma
  Kaur Kour
  Gurpreet Gurprit
  Harpreet Harprit
  Bhatt Bhat
  Sivakumar Shivakumar
  Lakshmi Laxmi
  Suresh Suraysh
  Krishnan Krishnen
  Zhang Cheung Chang Teoh
  Wang Wong Ong
  Li Lee Lei
  Chen Chan Tan
  Liu Lau Low
  Huang Wong Hwang
  Wu Ng Goh
  Zhou Chow Chau
  Xu Tsui Hsu
  Zhao Chiu Chao
  Cai Choi Tsai
  Liang Leung
  Yang Yeung Young
  Guo Kwok Kuo
  Oluwaseun Seun
  Chukwuemeka Emeka
  Ifeanyi Ifeany
  Abubakar Abu-Bakar
  Kwabena Kobina
  Kwadwo Kojo
  Fadumo Fatuma Faduma
  Abdirahman Abdurahman Abdulrahman
  Warsame Warsama
  Aden Adan Adam
  Piotr Peter
  Krzysztof Kristof
  Aleksandra Alexandra
  Wiktoria Victoria
  Jakub Jacob
  Katarzyna Katarina
  Siobhán Shivaun
  Sinéad Shinaid
  Niamh Neve
  Caoimhe Keeva
  Aoife Eefa
  Seán Sean Shaun
  Catherine Katherine Kathryn Catharine
  Claire Clare
  Stephen Steven Stefan
  Geoffrey Jeffrey
  Philip Phillip
  Alan Allan Allen
  Graham Graeme
  Ann Anne
  Lesley Leslie
  Sara Sarah
  Rachel Rachael
  Zoe Zoë
  Chloe Chloë
  Clark Clarke
  Thompson Thomson
  Davies Davis
  Reid Reed Read
  Stephens Stevens
  Phillips Philips
  Johnston Johnstone
  Macdonald McDonald MacDonald
  Mclean MacLean
  O'Brien OBrien O'Brian
  O'Connor OConnor O'Conner
`;

const byName = new Map<string, string[]>();
for (const line of spellings.trim().split('\n')) {
  const all = line.trim().split(/\s+/);
  for (const name of all)
    if (!byName.has(name))
      byName.set(
        name,
        all.filter((other) => other !== name),
      );
}

/** Other spellings of a name; undefined when none is known. */
export const otherSpellings = (name: string): readonly string[] | undefined => byName.get(name);

/** What people are called day to day, by the name they were given. */
const nicknames: Readonly<Record<string, string>> = {
  William: 'Bill',
  Robert: 'Bob',
  Richard: 'Dick',
  Margaret: 'Peggy',
  Elizabeth: 'Liz',
  Katherine: 'Kate',
  Catherine: 'Cathy',
  James: 'Jim',
  John: 'Jack',
  Thomas: 'Tom',
  Michael: 'Mick',
  David: 'Dave',
  Christopher: 'Chris',
  Anthony: 'Tony',
  Andrew: 'Andy',
  Stephen: 'Steve',
  Steven: 'Steve',
  Nicholas: 'Nick',
  Matthew: 'Matt',
  Daniel: 'Dan',
  Benjamin: 'Ben',
  Samuel: 'Sam',
  Joseph: 'Joe',
  Edward: 'Ted',
  Charles: 'Charlie',
  Frederick: 'Fred',
  Ronald: 'Ron',
  Kenneth: 'Ken',
  Raymond: 'Ray',
  Leslie: 'Les',
  Terence: 'Terry',
  Peter: 'Pete',
  Timothy: 'Tim',
  Jonathan: 'Jon',
  Alexander: 'Alex',
  Susan: 'Sue',
  Patricia: 'Pat',
  Christine: 'Chris',
  Jennifer: 'Jenny',
  Jacqueline: 'Jackie',
  Deborah: 'Debbie',
  Judith: 'Judy',
  Pamela: 'Pam',
  Barbara: 'Babs',
  Dorothy: 'Dot',
  Victoria: 'Vicky',
  Rebecca: 'Becky',
  Samantha: 'Sam',
  Jessica: 'Jess',
  Charlotte: 'Lottie',
  Natasha: 'Tasha',
  Abigail: 'Abi',
  Alexandra: 'Alex',
  Stephanie: 'Steph',
  Kathleen: 'Kath',
  Maureen: 'Mo',
  Florence: 'Flo',
  Isabella: 'Bella',
  Theodore: 'Theo',
  Mohammed: 'Mo',
  Harpreet: 'Harry',
  Gurpreet: 'Gary',
  Oluwaseun: 'Seun',
  Babatunde: 'Tunde',
  Chukwuemeka: 'Emeka',
  Aleksandra: 'Ola',
  Katarzyna: 'Kasia',
  Małgorzata: 'Gosia',
  Agnieszka: 'Aga',
  Krzysztof: 'Krzysiek',
  Joanna: 'Asia',
  Manjit: 'Manny',
  Joshua: 'Josh',
  Geoffrey: 'Geoff',
  Philip: 'Phil',
  Amanda: 'Mandy',
  Lawrence: 'Larry',
  Francis: 'Frank',
  Albert: 'Bert',
  Harold: 'Harry',
};

export const nicknameOf = (name: string): string | undefined => nicknames[name];
