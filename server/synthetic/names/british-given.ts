/** Given names of England by sex and years of birth, commonest first. Typed from common knowledge, not from a list. */
export const britishGiven: readonly { until: number; F: string; M: string }[] = [
  {
    until: 1945,
    F: `Margaret Mary Joan Jean Dorothy Doris Joyce Barbara Patricia Sheila Betty Kathleen Irene Eileen Audrey Brenda
      Maureen Shirley June Beryl Sylvia Muriel Marjorie Edna Vera Phyllis Hilda Gladys Winifred Elsie Ivy Iris Olive Ada
      Ethel Rita Pamela Jacqueline Josephine Constance Freda Nora Mavis Thelma Norma Daphne Rosemary Elizabeth Sybil
      Gwendoline Enid Peggy Nancy Marion Ruth Alice Florence Lilian Rose Violet Evelyn Monica Eunice Hazel Stella Bridget`,
    M: `John William George James Ronald Robert Kenneth Thomas Frederick Eric Dennis Peter Raymond Albert Arthur Leslie
      Harold Stanley Donald Norman Gordon Derek Charles Edward Roy Douglas Alfred Ernest Jack Sidney Bernard Walter Alan
      Cyril Reginald Geoffrey Maurice Harry Joseph Francis Henry Brian Terence Gerald Leonard Victor Percy Herbert Clifford
      Ralph Cecil Wilfred Horace Lawrence Basil Stephen Hubert Trevor Anthony Frank David Michael Edwin Vernon Desmond`,
  },
  {
    until: 1965,
    F: `Susan Margaret Christine Patricia Linda Jean Ann Janet Carol Mary Barbara Elizabeth Maureen Sheila Pauline Jennifer
      Pamela Sandra Judith Kathleen Valerie Gillian Jacqueline Marilyn Rosemary Hilary Lesley Diane Elaine Lynn Julie Karen
      Deborah Jane Helen Angela Alison Heather Wendy Carole Yvonne Anne Catherine Denise Beverley Sally Lorraine Marion
      Hazel Irene Teresa Frances Brenda Ruth Sylvia Geraldine Gail Dawn Maxine Theresa Cheryl Josephine Annette Vivienne`,
    M: `David John Peter Michael Alan Robert Stephen Paul Brian Graham Philip Anthony Colin Christopher Geoffrey William
      James Keith Terence Barry Malcolm Richard Ian Derek Roger Raymond Kenneth Andrew Trevor Martin Kevin Nigel Neil Clive
      Gary Mark Thomas George Leslie Ronald Stuart Dennis Donald Gerald Howard Roy Timothy Adrian Nicholas Douglas Eric
      Glyn Jeffrey Lawrence Patrick Gordon Charles Edward Simon Norman Steven Francis Duncan Melvyn Rodney Bernard Duncan`,
  },
  {
    until: 1985,
    F: `Sarah Claire Nicola Emma Lisa Joanne Michelle Helen Samantha Karen Amanda Rachel Louise Julie Clare Rebecca Sharon
      Victoria Caroline Susan Alison Catherine Elizabeth Deborah Donna Tracey Tracy Angela Jane Zoe Kerry Melanie Sally
      Jennifer Andrea Dawn Paula Lorraine Gemma Laura Kelly Katherine Anna Leanne Lucy Hayley Natalie Charlotte Vanessa
      Katie Jacqueline Wendy Stephanie Jodie Lindsay Tina Heather Marie Alexandra Tanya Philippa Jayne Maria Kirsty Sonia
      Naomi Hannah Ruth Cheryl Rachael Danielle Tara Esther Joanna Kathryn`,
    M: `Paul David Andrew Mark Stephen Richard Christopher Ian James Michael Robert Simon Jason Lee Steven Matthew Darren
      Peter Neil Jonathan John Gary Daniel Kevin Nicholas Anthony Martin Stuart Graham Craig Philip Wayne Adam Benjamin
      Adrian Timothy Carl Dean Gareth Barry Colin Nigel Shaun Scott Stewart Robin Justin Thomas William Karl Damian Dominic
      Ben Russell Edward Sean Alan Keith Duncan Gavin Marcus Alexander Nathan Joseph Oliver Julian Trevor Howard Jamie
      Leon Ross Kenneth Raymond Grant Terence`,
  },
  {
    until: 2005,
    F: `Rebecca Lauren Jessica Charlotte Hannah Sophie Amy Emily Laura Emma Chloe Sarah Lucy Katie Bethany Megan Jade Olivia
      Danielle Abigail Alice Eleanor Georgia Rachel Natasha Samantha Stephanie Victoria Kirsty Holly Shannon Gemma Natalie
      Molly Elizabeth Ellie Zoe Paige Caitlin Kayleigh Leah Amber Francesca Alexandra Harriet Anna Daisy Courtney Melissa
      Jasmine Lydia Nicole Stacey Imogen Naomi Jennifer Louise Hayley Ella Phoebe Kimberley Rosie Poppy Isabelle Grace
      Chelsea Tiffany Jodie Zara Mia Niamh Madeleine Libby Freya Tara Heather Kelly Jemma Kate Sian`,
    M: `Daniel Thomas James Jack Matthew Joshua Ryan Luke Samuel Joseph Adam Alexander Christopher Jordan Benjamin Michael
      Liam Connor Lewis Jake Callum Nathan William Aaron Ashley Kieran David Charlie Robert Bradley George Oliver Andrew
      Harry Sean Jamie Kyle Edward Dominic Scott Kane Reece Harrison Louis Toby Alex Elliot Jacob Max Ben Henry Rhys Owen
      Dylan Ross Robbie Declan Shane Craig Lee Mark Peter Tom Nicholas Jonathan Anthony Stephen Sam Cameron Zachary Corey
      Mitchell Dale Curtis Josh Joe Marcus Patrick Gareth Brandon Jay`,
  },
  {
    until: 9999,
    F: `Olivia Amelia Isla Ava Emily Grace Mia Sophia Poppy Lily Ella Evie Jessica Freya Charlotte Daisy Isabella Florence
      Rosie Sienna Phoebe Alice Ivy Willow Evelyn Ruby Elsie Sophie Millie Matilda Scarlett Harper Maisie Chloe Eva Lola
      Erin Holly Layla Imogen Isabelle Luna Bella Molly Violet Nancy Esme Maya Arabella Emma Bonnie Ellie Rose Orla Margot
      Penelope Eliza Ada Delilah Robyn Thea Mabel Darcie Iris Lottie Clara Elizabeth Summer Hallie Amber Maeve Lyla
      Beatrice Aurora Edith Gracie Eden Skye Niamh Lexi`,
    M: `Oliver George Noah Arthur Harry Leo Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo William Theodore Archie
      Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan Ethan Teddy Benjamin Arlo Joseph Sebastian Harrison
      Elijah Adam Daniel Samuel Louie Mason Reuben Albie Rory Jaxon Hugo Luca Zachary Reggie Hunter Louis Dylan Albert David
      Jude Frankie Roman Ezra Toby Riley Carter Ronnie Frederick Gabriel Stanley Bobby Jesse Michael Elliot Grayson Liam
      Jenson Ellis Harley Harvey Jayden Jake Ralph Rowan Caleb`,
  },
];
