/** Names of communities from the rest of Europe, commonest first. Typed from common knowledge, not from a list. */
export const european = {
  polish: {
    F: `Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Aleksandra Zofia Monika
      Natalia Karolina Danuta Julia Marta Beata Dorota Alicja Halina Justyna Wiktoria Iwona Paulina Weronika Renata Sylwia
      Oliwia Maja Hanna Zuzanna Lena Amelia Łucja Patrycja Kinga`,
    M: `Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Jakub Adam Marek Łukasz Grzegorz Mateusz Wojciech Mariusz
      Dariusz Maciej Zbigniew Rafał Robert Kamil Jerzy Dawid Szymon Kacper Filip Sławomir Bartosz Przemysław Sebastian
      Artur Jacek Stanisław Wiktor Oliwier Antoni Mikołaj`,
    family: `Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski
      Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król
      Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak
      Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski`,
  },
  romanian: {
    F: `Maria Elena Ioana Ana Andreea Mihaela Cristina Alexandra Gabriela Daniela Alina Georgiana Raluca Simona Adriana
      Nicoleta Larisa Bianca Oana Roxana Diana Ștefania Denisa Corina Mădălina Lăcrămioara Sofia Antonia`,
    M: `Andrei Alexandru Mihai Ionuț Gheorghe Ion Vasile Nicolae Constantin Cristian Daniel Adrian Florin Marian Bogdan
      Gabriel Marius Ștefan Dumitru Cătălin Răzvan Ciprian Lucian Sorin Dragoș Valentin Viorel Luca Matei David`,
    family: `Popa Popescu Ionescu Pop Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu Constantin Dumitrescu
      Lazăr Marin Florea Dinu Barbu Stancu Preda Voicu Neagu Toma Cristea Mocanu Oprea Moldovan Tudor Nistor Șerban Andrei
      Manole Ungureanu Țăranu Bălan Iordache Petrescu Coman`,
  },
  portuguese: {
    F: `Maria Ana Joana Inês Beatriz Catarina Sofia Mariana Carla Sandra Cristina Paula Rita Teresa Isabel Fátima Conceição
      Graça Lúcia Débora Vânia Mónica Leonor Matilde Francisca Luísa Helena Sónia`,
    M: `João José António Pedro Paulo Luís Carlos Manuel Francisco Miguel Rui Tiago Nuno Ricardo Jorge Fernando Bruno Diogo
      André Hugo Gonçalo Vítor Sérgio Márcio Fábio Rodrigo Afonso Duarte Joaquim`,
    family: `Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques
      Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Neves
      Coelho Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Araújo Conceição`,
  },
  turkish: {
    F: `Fatma Ayşe Emine Hatice Zeynep Elif Meryem Gülşen Sevgi Özlem Derya Songül Yasemin Hülya Çiğdem Ebru Esra Büşra
      Gamze Leyla Nazlı Pınar Şerife Defne Azra Nehir`,
    M: `Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Kemal Emre Burak
      Serkan Özgür Çağlar Gökhan Volkan Deniz Uğur Kerem Efe`,
    family: `Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt
      Özkan Şimşek Polat Korkmaz Çakır Erdoğan Güneş Aksoy Tekin Bulut Ünal Güler Ateş Karataş`,
  },
};
