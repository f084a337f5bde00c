/**
 * Passwords that attackers try first, in lower case: what lists of leaked passwords agree on, most of them long enough to be
 * allowed otherwise. For more, let the setting `password.check` ask a list of your own.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  String.raw`
    !@#$%^&* !@#$%^&*() !qaz2wsx !qaz@wsx 000000 00000000 000000000 0000000000 01234567 0123456789 0987654321
    10101010 111111 11111111 111111111 1111111111 112233 11223344 1122334455 112233445566 121212 12121212
    121212121 123123 123123123 123321 123321123 1234!@#$ 12341234 123412341 12344321 12345 123454321 123456
    1234567 12345678 123456781 123456789 1234567890 1234567890a 1234567891 12345678910 123456789a 123456789q
    12345678a 12345678q 1234567a 123456a 123456aa 123456ab 123456abc 123456qwerty 12345abc 12345qwert 1234abcd
    1234qwer 123789456 123abc123 123qwe 123qwe123 123qwe123qwe 123qweasd 123qweasdzxc 12qwaszx 131313
    147258369 147852369 159357258 159753 159753456 1a2b3c4d 1a2b3c4d5e 1q2w3e 1q2w3e4r 1q2w3e4r! 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qaz@wsx 1qazxsw2 20202020 22222222 321654987 33333333 44444444
    456789123 555555 55555555 654321 666666 66666666 696969 741852963 777777 7777777 77777777 789456123
    87654321 88888888 888888888 987654321 9876543210 987654321a 99999999 999999999 a123456 a1234567 a12345678
    a123456789 a123456a a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 aaa11111 aaaaaaaa aaaaaaaaa aass1234 abc123
    abc12345 abc123456 abc123456789 abc123abc abcd!@#$ abcd123 abcd1234 abcd12345 abcd@1234 abcde123
    abcde12345 abcdef abcdef12 abcdefg abcdefg1 abcdefg123 abcdefgh abcdefghi abcdefghijk access123 access14
    acmilan1 admin admin!@# admin123 admin1234 admin12345 admin123456 admin@123 adminadmin administrator
    administrator1 airborne alejandra alejandro alexander alexander1 alexandra alhamdulillah allahuakbar
    amanda america1 america123 andrew andrew123 angel123 angels123 anthony1 anthony123 apple123 aquarius
    argentina arsenal1 arsenal123 asd12345 asd123456 asd123asd asdasdasd asdf1234 asdf;lkj asdfasdf asdfgh
    asdfghjk asdfghjkl asdfghjkl1 asdfqwer ashley ashley123 asshole1 australia autumn123 autumn2024 autumn2025
    autumn2026 azerty123 azertyui azertyuiop babyboy1 babydoll babygirl babygirl1 babygirl12 banana123
    barbie123 barcelona barcelona1 baseball baseball1 baseball12 basketball basketball1 batman batman12
    batman123 batterystaple bbbbbbbb beatles1 beautiful beautiful1 benjamin benjamin1 birthday birthday1
    bismillah bismillah1 bitch123 blahblah blessed1 blink182 blueberry boca1234 brandon1 brasil123 brazil123
    brittany brittany1 brother1 bubbles1 budweiser bullshit business business1 business123 buster butterfly
    butterfly1 california camaro123 canada123 cannabis capricorn caroline catherine celtic123 changeit
    changeme changeme1 changeme123 charlie charlie1 charlie123 cheese123 chelsea1 chelsea123 chicago1
    chocolate chocolate1 chocolate123 christ123 christian christian1 christina christine christmas christmas1
    christopher cocacola cocacola1 college1 colombia company1 company123 computer computer1 computer12
    computer123 contrasena contraseña cookie cookie123 correcthorse correcthorsebatterystaple corvette
    counterstrike courtney cowboys1 cowboys123 creative cristina daddy123 daddysgirl daniel daniel123 danielle
    danielle1 december default1 default123 demo1234 demodemo deutschland diamond1 diamond123 dolphin1 dolphins
    dolphins1 dragon dragon12 dragon123 eagles123 einstein elephant elephant1 elizabeth elizabeth1 eminem123
    england1 espana123 example1 facebook facebook1 facebook123 familia1 family123 february fernando ferrari1
    ferrari123 florida1 flower123 flowers1 football football1 football12 football123 forever1 forever123
    foreverlove fortnite fortnite1 francisco freedom freedom1 freedom123 friends1 friends123 friendship
    fuckfuck fuckoff1 fuckyou! fuckyou1 fuckyou12 fuckyou123 gabriel1 gabriela gandalf1 garfield garfield1
    george germany1 ginger gladiator gmail123 godbless godislove goldfish golfer123 google google123 gorgeous
    guest123 guest1234 guestguest guitar123 handsome hannah hannah123 harley harley123 harleydavidson haslo123
    heaven123 hello hello123 hello1234 hello12345 hellohello helloworld hercules heslo123 hockey hockey12
    hockey123 honda123 hotmail1 hotmail123 hunter hurricane ilovegod iloveme1 iloveu123 iloveyou iloveyou!
    iloveyou1 iloveyou12 iloveyou123 iloveyou2 iloveyouu india123 indonesia instagram instagram1 internet
    internet1 internet123 isabella isabella1 january1 january123 jennifer jennifer1 jessica jessica1
    jessica123 jesus123 jesus777 jesuschrist jesuslove jonathan jonathan1 jordan jordan123 jordan23 joshua123
    justin123 juventus juventus1 katherine kawasaki killer killer12 killer123 kimberly kimberly1 lakers123
    lakers24 letmein letmein! letmein1 letmein12 letmein123 letmeinnow letmeinplease library1 lightning
    linux123 liverpool liverpool1 liverpool123 login login123 loginlogin london12 london123 losenord lovelove
    lovely12 loveme12 loveyou1 loveyou123 lozinka1 m1234567 macintosh mahalkita manager1 manager123 manchester
    manunited manutd123 margaret marijuana marines1 marketing marlboro marlboro1 master master12 master123
    matrix123 matthew1 matthew123 maverick maverick1 mercedes mercedes1 merlin123 metallica metallica1
    mexico123 michael michael1 michael123 michelle michelle1 mickey123 microsoft microsoft1 midnight midnight1
    military minecraft minecraft1 minecraft123 mommy123 monkey monkey12 monkey123 moonlight motdepasse
    mountain mountain1 muhammad music123 musicmusic mustang1 mustang123 mypass123 mypassword naruto natalia1
    navyseal newpass1 newpass123 newpassword newton123 newyork1 newyork123 nicholas nicholas1 nicole ninja123
    nintendo nintendo1 nirvana1 nokia123 nopassword nothing1 november october1 office123 opensesame oracle123
    orange123 p@55w0rd p@ssw0rd p@ssw0rd! p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 pa55w0rd pa55word pakistan
    pakistan1 pakistan123 panther1 panthers paris123 parola12 parola123 pass1234 pass12345 pass@123 pass@1234
    passpass passw0rd passw0rd! passw0rd1 password password! password01 password1 password1! password12
    password123 password123! password1234 password2 password3 password@123 passwords passwort passwort1
    patricia patriots peanut123 pepper pepsi123 phoenix1 phoenix123 pirate123 platinum playstation pokemon
    pokemon1 pokemon123 police123 porsche1 portugal princess princess1 princess12 princess123 pumpkin1
    pussy123 q12345678 q123456789 q1w2e3r4 q1w2e3r4! q1w2e3r4t5 q1w2e3r4t5y6 qazwsx qazwsx12 qazwsx123
    qazwsxed qazwsxedc qwaszx12 qwe123 qwe12345 qwe123456 qwe123qwe qweasd123 qweasdzxc qweqweqwe qwer!@#$
    qwer1234 qwer12345 qwerasdf qwert123 qwert12345 qwerty qwerty1 qwerty1! qwerty12 qwerty123 qwerty1234
    qwerty12345 qwerty123456 qwertyui qwertyuio qwertyuiop qwertyuiop1 qwertzui qwertzuiop rainbow1 rainbow123
    ranger rangers1 rangers123 realmadrid rebecca1 richard1 riverplate robert robert123 roblox123 rockandroll
    rockstar rockstar1 root1234 rootroot s1234567 sagittarius salasana samantha samantha1 sample123 samsung
    samsung1 samsung123 saturday sayang123 school123 science1 scoobydoo scorpio1 scorpion scorpion1 scotland
    sebastian sebastian1 secret secret12 secret123 secret1234 security security1 security123 semperfi senha123
    senha1234 september server123 service1 sesame123 sexsexsex sexygirl sexymama shadow shadow12 shadow123
    sister123 skateboard slipknot slipknot1 snoopy123 snowball snowflake soccer soccer12 soccer123 softball
    softball1 soldier1 spartan1 spartan117 spiderman spiderman1 spring123 spring2024 spring2025 spring2026
    starcraft starlight starwars starwars1 starwars123 steelers steelers1 stephanie stephanie1 strawberry
    student1 student123 summer summer12 summer123 summer2020 summer2021 summer2022 summer2023 summer2024
    summer2025 summer2026 sunflower sunshine sunshine1 sunshine12 sunshine123 superman superman1 superman123
    support1 support123 sweetheart swimming system123 tagalog1 teacher1 teacher123 temp1234 temporal temporary
    tennis123 terminator test test123 test1234 test12345 test123456 tester123 testing1 testing123 testtest
    texas123 thepassword thomas thomas123 thunder1 thursday tigger123 tinkerbell toor1234 topsecret toyota123
    transformers truelove trustno1 trustnoone twitter1 ubuntu123 university user1234 username usmarine
    usuario1 valentina veronica victoria victoria1 volleyball w1234567 wachtwoord warcraft warcraft1 warrior1
    warriors wasd1234 welcome welcome1 welcome1! welcome12 welcome123 welcome2 welcome@123 whatever whatever1
    william1 windows1 windows10 windows11 winter12 winter123 winter2020 winter2021 winter2022 winter2023
    winter2024 winter2025 winter2026 wizard123 wsxedcrf xbox3600 xxxxxxxx yamaha123 yankees1 yankees123
    yourpassword youtube1 z1234567 z12345678 zaq12wsx zaq1@wsx zaq1xsw2 zxc12345 zxc123456 zxc123zxc zxcasdqwe
    zxcvbn zxcvbnm zxcvbnm1 zxcvbnm123 zxcvbnmm zxcvzxcv zz123456 zzzzzzzz
  `
    .trim()
    .split(/\s+/),
);
