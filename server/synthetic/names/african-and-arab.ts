/** Names of communities from Africa and the Arab world, commonest first. Typed from common knowledge, not from a list. */
export const africanAndArab = {
  nigerian: {
    F: `Blessing Grace Oluwaseun Folake Ngozi Chioma Adaeze Funmilayo Yetunde Bukola Titilayo Omolara Chinwe Ifeoma Nkechi
      Temitope Abosede Omotola Amaka Oluchi Precious Favour Mercy Joy Patience Ebere Kehinde Taiwo Damilola Esther`,
    M: `Oluwaseun Babatunde Olumide Chukwuemeka Emeka Ifeanyi Chidi Obinna Adebayo Ayodele Tunde Segun Femi Kayode Ikenna
      Uchenna Nnamdi Kelechi Samuel Emmanuel David Daniel Taiwo Kehinde Olufemi Gbenga Musa Ibrahim Godwin Sunday Victor`,
    family: `Okafor Adeyemi Okonkwo Adebayo Ogunleye Eze Nwosu Okoro Balogun Afolabi Ojo Oladipo Olawale Akinola Adewale
      Obi Nwachukwu Onyeka Oyelaran Adeleke Bello Abubakar Ibekwe Chukwu Igwe Ogbonna Akpan Effiong Osagie Ogundipe
      Olatunji Fashola Sanusi Uche Ademola`,
  },
  ghanaian: {
    F: `Akosua Adwoa Abena Akua Yaa Afia Ama Esi Efua Comfort Mercy Grace Abigail Gifty Mavis Vida Charity Joyce Felicia Mary
      Beatrice Dorcas Naa Adjoa Serwaa`,
    M: `Kwasi Kwadwo Kwabena Kwaku Yaw Kofi Kwame Ebenezer Emmanuel Samuel Isaac Daniel Prince Richmond Joseph Francis Nana
      Ernest Bright Kojo Nii Stephen Michael Felix Kwesi`,
    family: `Mensah Owusu Boateng Asante Osei Agyemang Appiah Amoah Opoku Acheampong Addo Adjei Antwi Ofori Sarpong Frimpong
      Darko Gyamfi Asare Ansah Nkrumah Quaye Lartey Tetteh Badu Annan Aidoo Baffour Danso Yeboah`,
  },
  somali: {
    F: `Fadumo Amina Hodan Sahra Halimo Khadija Asha Ifrah Nimco Hibo Safiya Maryan Deqa Ubah Zamzam Faiza Sagal Hamdi Ayan
      Idil Shukri Rahma Leyla Kowsar`,
    M: `Mohamed Abdi Ahmed Ali Hassan Abdullahi Yusuf Ibrahim Omar Osman Ismail Mahamud Farah Jama Warsame Abdirahman Hussein
      Nur Adan Bashir Liban Guled Mustafa Said Khadar Abdikadir Muse Dahir`,
    family: `Mohamed Ali Ahmed Hassan Abdi Omar Yusuf Ibrahim Warsame Farah Jama Osman Hussein Aden Nur Abdullahi Adan Ismail
      Guled Mahamud Abdirahman Duale Elmi Hersi Samatar Egal Roble Barre`,
  },
  arab: {
    F: `Fatima Maryam Zahra Noor Layla Huda Rania Samira Hanan Amal Salma Nadia Iman Dina Yasmin Reem Lina Sara Rasha Mona
      Suad Zainab Hiba Asma Khadija Aya`,
    M: `Mohammed Ahmed Ali Hassan Hussein Omar Khaled Mahmoud Youssef Ibrahim Mustafa Abdullah Karim Samir Tariq Bilal Hamza
      Nabil Walid Rashid Faisal Salim Jamal Ziad Anas Majid`,
    family: `Al-Hassan Hassan Ibrahim Ali Ahmed Saleh Al-Ahmad Mansour Khalil Haddad Nasser Al-Jaber El-Sayed Abdallah Said
      Hamdan Al-Rashid Othman Darwish Qasim Al-Najjar Awad Shaheen Zaki Ben-Ali Boukhari Benali Mourad Jaber Fares`,
  },
};
