/** Names of communities from Asia, commonest first. Typed from common knowledge, not from a list. */
export const asian = {
  pakistani: {
    F: `Fatima Ayesha Zainab Maryam Sadia Saima Nadia Shazia Samina Rukhsana Nasreen Shabana Farzana Nazia Rabia Sana Hina
      Asma Bushra Yasmin Parveen Shaheen Rehana Tahira Uzma Amina Khadija Hafsa Iqra Aleena Zara Noor Aisha Sumaira Fozia
      Razia Naseem Kiran Mehwish Javeria`,
    M: `Mohammed Imran Asif Tariq Khalid Nadeem Shahid Usman Bilal Ali Hamza Adnan Kashif Zahid Arshad Abdul Javed Rashid
      Faisal Waqas Amir Sajid Naveed Ahmed Ibrahim Yusuf Umar Hassan Hussain Zain Haris Saqib Iqbal Mahmood Akbar Aslam
      Ghulam Riaz Tahir Zeeshan Ayaan Eesa`,
    family: `Khan Hussain Ahmed Ali Mahmood Akhtar Iqbal Malik Shah Mirza Butt Chaudhry Rafiq Aslam Hanif Rehman Raja Bashir
      Sadiq Yousaf Saeed Arshad Sharif Qureshi Javed Anwar Mehmood Nawaz Zaman Rashid Sheikh Siddiqui Baig Dar Awan Latif
      Ashraf Younis Mughal Bhatti Ilyas Sarwar`,
    womenLast: 'Begum Bibi Akhtar Kauser Bi Parveen Khatoon Jan Sultana Bano',
  },
  bangladeshi: {
    F: `Nasima Rahima Shamima Fatema Rina Salma Jasmin Sultana Halima Hasina Roksana Rumana Shahida Monwara Taslima Farhana
      Sadia Nazma Tahmina Ayesha Maryam Sumaiya Tasnim Nusrat Lutfa Rehena Jahanara Momtaz Aklima Sharmin`,
    M: `Mohammed Abdul Shah Md Rahim Kamal Jamal Faruk Shafiq Anwar Habib Monir Nurul Alam Rafiq Aminul Syed Hasan Tanvir
      Rezaul Shahin Kabir Shamim Masum Rubel Jubair Tahmid Ridwan Ismail Yahya Sayed Mujib`,
    family: `Ali Miah Uddin Rahman Ahmed Islam Hussain Choudhury Khan Haque Hoque Alam Hossain Ullah Karim Kabir Sarkar
      Talukdar Bhuiyan Chowdhury Mannan Malik Quddus Rashid Sikder Mia Akhtar Latif Khaled Hamid`,
    womenLast: 'Begum Khatun Khanom Akter Bibi Sultana Nessa Jahan Chowdhury',
  },
  punjabi: {
    F: `Harpreet Manjit Balwinder Kulwinder Jaswinder Gurpreet Amarjit Surinder Paramjit Baljit Kamaljit Sukhwinder Jasbir
      Davinder Mandeep Rajinder Navdeep Simran Jasleen Amrit Ravinder Sandeep Kiran Satwant Gurdeep Mohinder Anmol Harleen`,
    M: `Gurpreet Harjit Balbir Jaswinder Surjit Sukhdev Amarjit Kulwant Manjit Baljinder Ranjit Satnam Parminder Jagdeep
      Harpreet Davinder Avtar Mohinder Gurdev Jaspal Sarbjit Arjan Karan Amandeep Navdeep Tejinder Mandeep Ravinder Jeevan`,
    family: `Sandhu Gill Dhillon Sidhu Grewal Dhaliwal Bains Johal Sahota Atwal Mann Virk Randhawa Uppal Bhogal Sehmi Kang
      Purewal Dosanjh Sangha Chahal Hayer Rai Nijjar Panesar Matharu Sagoo Basra Thandi Bassi`,
  },
  gujarati: {
    F: `Hansa Kokila Pushpa Manjula Jyoti Bhavna Nisha Hina Priti Sonal Daksha Meena Kalpana Rekha Ila Nita Kavita Puja Heena
      Anjali Dipti Mital Krupa Riya Diya Anaya Jayshree Urmila Savita Komal`,
    M: `Ramesh Suresh Dinesh Mahesh Rajesh Jayesh Kiran Bharat Ashok Nilesh Hitesh Pravin Vijay Mukesh Harish Jitendra Kirit
      Chandrakant Bhavesh Ketan Amit Dipak Anil Sanjay Hemant Rohan Aarav Dev Jignesh Natwar`,
    family: `Patel Shah Mistry Desai Mehta Parmar Solanki Chauhan Amin Joshi Gandhi Thakkar Modi Lad Vaghela Raval Pandya
      Trivedi Bhatt Chavda Panchal Makwana Rana Dave Kotecha Vyas Lakhani Popat Sheth Prajapati`,
  },
  tamil: {
    F: `Lakshmi Vasanthi Kamala Sivakala Thayalini Rajeswari Vijayalakshmi Yogeswary Nirmala Shanthi Priya Kavitha Anitha
      Mathumitha Abirami Thulasi Gayathri Sharmila Sumathi Janani Dharshini Kirthika`,
    M: `Sivakumar Rajendran Selvarajah Kandasamy Nadarajah Thangarajah Vijayakumar Suresh Ganesh Ramesh Kumar Balasubramaniam
      Murugan Krishnan Arumugam Senthil Karthik Prakash Jeyakumar Sanjeevan Kugan Aravind Thevarajah Ravindran`,
    family: `Sivakumar Rajendran Selvarajah Kandasamy Nadarajah Thangarajah Balasubramaniam Krishnan Arumugam Subramaniam
      Ponnambalam Kanagaratnam Sivasubramaniam Ramanathan Muthiah Chelliah Velupillai Nagalingam Sinnathurai Thambirajah`,
  },
  chinese: {
    F: `Mei-Ling Xiao-Mei Siu-Ling Li-Hua Wai-Yee Yan Fang Jing Yuk-Lan Wing-Yan Suk-Yee Ka-Yan Yi-Ting Hui Xin Lan Ying
      Shu-Fen Yu-Ting Pui-Shan Wai-Ling Ming-Zhu Qing Na`,
    M: `Wei Ming Kwok-Wai Chi-Ming Ka-Ming Wing-Fai Chun-Kit Jian Lei Hao Jun Wai-Keung Tsz-Hin Yat-Sing Guo-Qiang Zhi-Wei
      Kam-Wah Man-Kit Siu-Ming Jun-Jie Bo Feng Tao Chi-Keung`,
    family: `Chan Wong Lee Li Wang Zhang Chen Liu Cheung Lam Ho Ng Leung Lau Yang Huang Zhao Wu Zhou Tang Yeung Tsang Cheng Xu
      Sun Lin Ma Zhu Hu Guo He Luo Liang Song Kwok Yip Fung Chow Mak Tse`,
    western: `Amy Grace Jenny Michelle Karen Vivian Angela Cindy Michael David Kevin Raymond Peter Jason Tony Eric Daniel Henry
      Winnie Fiona Joyce Vincent`,
  },
  afghan: {
    F: `Fatima Zahra Maryam Shabnam Freshta Nilofar Parwana Zarmina Laila Shukria Farishta Mina Palwasha Gulalai Homa Sabera`,
    M: `Ahmad Mohammad Abdul Ghulam Sayed Najib Wali Hamid Jamshid Zabiullah Rahmatullah Habibullah Noor Farid Mirwais Naweed
      Esmatullah Asadullah Haji Ismatullah Zalmai Khalil`,
    family: `Ahmadi Mohammadi Rahimi Karimi Noori Hakimi Sharifi Amiri Azizi Safi Stanikzai Yousufzai Popal Zadran Haidari
      Rezai Hashimi Nazari Wardak Sultani`,
  },
};
