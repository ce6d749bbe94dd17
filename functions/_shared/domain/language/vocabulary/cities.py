"""Countries of well-known cities: data. A city that is as well known in two countries is missing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from functions._shared.domain.language.words import fold

_CITIES: Final = {
    "United Kingdom, UK, Reino Unido, Royaume-Uni, Großbritannien": "London, Manchester, Leeds, Liverpool, Sheffield, "
    "Bristol, Glasgow, Edinburgh, Cardiff, Belfast, Nottingham, Leicester, Bradford, Newcastle upon Tyne, Brighton",
    "Ireland, Irland, Irlande, Irlanda": "Dublin, Cork, Galway, Limerick",
    "Germany, Deutschland, Alemania, Allemagne, Germania": "Berlin, Hamburg, München, Munich, Köln, Cologne, "
    "Frankfurt am Main, Stuttgart, Düsseldorf, Leipzig, Dortmund, Essen, Bremen, Dresden, Hannover, Nürnberg, Bochum",
    "Austria, Österreich, Autriche": "Wien, Vienna, Graz, Linz, Salzburg, Innsbruck",
    "Switzerland, Schweiz, Suisse, Suiza, Svizzera": "Zürich, Zurich, Genf, Genève, Geneva, Basel, Bern, Lausanne",
    "France, Frankreich, Francia, França": "Paris, Lyon, Marseille, Toulouse, Nice, Nantes, Bordeaux, Lille, Rennes, "
    "Strasbourg, Montpellier, Grenoble, Annecy, Dijon",
    "Spain, España, Spanien, Espagne, Spagna, Espanha": "Madrid, Barcelona, Sevilla, Seville, Bilbao, Zaragoza, Málaga",
    "Italy, Italia, Italien, Italie, Itália": "Roma, Rome, Milano, Milan, Napoli, Naples, Torino, Turin, Bologna, "
    "Firenze, Genova, Palermo, Verona, Padova, Trieste",
    "Portugal, Portogallo": "Lisboa, Lisbon, Porto, Braga, Coimbra",
    "Netherlands, Nederland, Niederlande, Países Bajos, Pays-Bas": "Amsterdam, Rotterdam, Utrecht, Eindhoven, Den Haag",
    "Belgium, België, Belgique, Belgien, Bélgica": "Brussels, Bruxelles, Brussel, Antwerpen, Antwerp, Gent, Liège",
    "Poland, Polska, Polen, Polonia, Pologne": "Warszawa, Warsaw, Kraków, Wrocław, Gdańsk, Poznań, Łódź",
    "Sweden, Sverige, Schweden, Suecia, Suède": "Stockholm, Göteborg, Gothenburg, Malmö, Uppsala",
    "Norway, Norge, Norwegen": "Oslo, Bergen, Trondheim, Stavanger",
    "Denmark, Danmark, Dänemark": "København, Copenhagen, Aarhus, Odense",
    "Finland, Suomi, Finnland": "Helsinki, Tampere, Turku, Espoo",
    "Czech Republic, Czechia, Tschechien": "Praha, Prague, Brno, Ostrava",
    "Hungary, Ungarn": "Budapest", "Romania, Rumänien": "București, Bucharest, Cluj-Napoca, Timișoara",
    "Greece, Griechenland, Grecia": "Athens, Thessaloniki", "Turkey, Türkiye, Türkei": "Istanbul, Ankara, Izmir",
    "United States, USA, US": "New York, Los Angeles, Chicago, Houston, Phoenix, Philadelphia, San Antonio, San Diego, "
    "Dallas, Austin, San Francisco, Seattle, Denver, Boston, Detroit, Minneapolis, Atlanta, Miami",
    "Canada, Kanada, Canadá": "Toronto, Montréal, Montreal, Vancouver, Calgary, Ottawa, Edmonton, Winnipeg, Moncton",
    "Mexico, México": "Ciudad de México, Mexico City, Guadalajara, Monterrey, Puebla, Tijuana",
    "Brazil, Brasil": "São Paulo, Rio de Janeiro, Belo Horizonte, Salvador, Fortaleza, Curitiba, Recife, Porto Alegre",
    "Argentina": "Buenos Aires, Rosario, Mendoza", "Colombia": "Bogotá, Medellín, Cali", "Peru, Perú": "Lima, Arequipa",
    "Chile": "Santiago de Chile, Valparaíso", "Kenya": "Nairobi, Mombasa", "Nigeria": "Lagos, Abuja, Ibadan",
    "Ghana": "Accra, Kumasi", "Egypt": "Cairo", "Ethiopia": "Addis Ababa", "Morocco, Maroc": "Casablanca, Rabat",
    "South Africa": "Johannesburg, Cape Town, Durban, Pretoria",
    "India, Indien, Inde": "Mumbai, Delhi, New Delhi, Bengaluru, Bangalore, Chennai, Kolkata, Pune, Ahmedabad, Jaipur, "
    "Lucknow, Indore, Nagpur, Kochi, Coimbatore, Noida, Gurgaon, Gurugram",
    "Pakistan": "Karachi, Lahore, Islamabad", "Bangladesh": "Dhaka", "Sri Lanka": "Colombo",
    "China": "Beijing, Shanghai, Shenzhen, Guangzhou, Chengdu, Hangzhou, Wuhan",
    "Japan": "Tokyo, Osaka, Kyoto, Nagoya, Yokohama, Sapporo, Fukuoka", "South Korea": "Seoul, Busan",
    "Vietnam": "Hanoi, Ho Chi Minh City", "Thailand": "Bangkok", "Indonesia": "Jakarta", "Philippines": "Manila",
    "Malaysia": "Kuala Lumpur", "United Arab Emirates, UAE": "Dubai, Abu Dhabi", "Israel": "Tel Aviv",
    "Australia, Australien": "Sydney, Brisbane, Adelaide, Canberra",
    "New Zealand": "Auckland, Wellington, Christchurch",
}  # fmt: skip

_REGIONS: Final = {
    "United States, USA, US": "AL Alabama, AK Alaska, AZ Arizona, AR Arkansas, CA California, CO Colorado, "
    "CT Connecticut, DE Delaware, FL Florida, GA Georgia, HI Hawaii, ID Idaho, IL Illinois, IN Indiana, IA Iowa, "
    "KS Kansas, KY Kentucky, LA Louisiana, ME Maine, MD Maryland, MA Massachusetts, MI Michigan, MN Minnesota, "
    "MS Mississippi, MO Missouri, MT Montana, NE Nebraska, NV Nevada, NH New Hampshire, NJ New Jersey, NM New Mexico, "
    "NY New York, NC North Carolina, ND North Dakota, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, "
    "RI Rhode Island, SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VT Vermont, VA Virginia, "
    "WA Washington, WV West Virginia, WI Wisconsin, WY Wyoming",
    "Canada, Kanada, Canadá": "AB Alberta, BC British Columbia, MB Manitoba, NB New Brunswick, NL Newfoundland, "
    "NS Nova Scotia, ON Ontario, PE Prince Edward Island, QC Quebec, SK Saskatchewan",
    "Australia, Australien": "NSW New South Wales, QLD Queensland, TAS Tasmania, VIC Victoria",
}
"""Regions by their abbreviations."""


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for names, regions in _REGIONS.items():
        for region in regions.split(", "):
            short, _, name = region.partition(" ")
            found[short] = found[fold(name)] = (name, *names.split(", "))
    return found


def regions_of(region: str) -> tuple[str, ...]:
    """Return the name of a region and those of its country: Texas and the United States for "TX"."""
    return _regions().get(region) or _regions().get(fold(region), ())


@lru_cache(maxsize=1)
def _countries() -> dict[str, tuple[str, ...]]:
    return {fold(city): tuple(names.split(", ")) for names, cities in _CITIES.items() for city in cities.split(", ")}


def countries_of(city: str) -> tuple[str, ...]:
    """Return the names of the country of a well-known city; nothing for another place."""
    return _countries().get(fold(city.strip()), ())
