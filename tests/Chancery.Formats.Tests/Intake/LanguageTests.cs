using System.Formats.Tar;
using System.IO.Compression;
using Chancery.Formats.Intake;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class LanguageTests
{
    [Theory]
    [InlineData("en", "The envoys met in Geneva on Monday. They said that the border would stay closed.")]
    [InlineData("de", "Die Gesandten trafen sich am Montag in Genf. Sie sagten, dass die Grenze geschlossen bleibt.")]
    [InlineData("fr", "Les envoyés se sont rencontrés lundi à Genève. Ils ont dit que la frontière resterait fermée.")]
    [InlineData("es", "Los enviados se reunieron el lunes en Ginebra. Dijeron que la frontera seguirá cerrada.")]
    [InlineData("pt", "Os enviados reuniram-se na segunda-feira em Genebra. Disseram que a fronteira não vai abrir.")]
    [InlineData("it", "Gli inviati si sono incontrati lunedì a Ginevra. Hanno detto che il confine resterà chiuso.")]
    [InlineData("nl", "De gezanten hebben elkaar maandag in Genève ontmoet. Zij zeiden dat de grens gesloten blijft.")]
    [InlineData("sv", "Sändebuden träffades i Genève på måndagen. De sade att gränsen ska vara stängd.")]
    [InlineData("da", "Udsendingene mødtes i Genève mandag. De sagde, at grænsen skal være lukket af hensyn til freden.")]
    [InlineData("no", "Utsendingene møttes i Genève mandag. De sa at grensen skal være stengt etter at samtalene ble brutt.")]
    [InlineData("fi", "Lähettiläät tapasivat Genevessä maanantaina. He sanoivat, että raja on yhä suljettu.")]
    [InlineData("pl", "Wysłannicy spotkali się w poniedziałek w Genewie. Powiedzieli, że granica będzie nadal zamknięta.")]
    [InlineData("cs", "Vyslanci se sešli v pondělí v Ženevě. Řekli, že hranice zůstane zavřená i před létem.")]
    [InlineData("sk", "Vyslanci sa stretli v pondelok v Ženeve. Povedali, že hranica zostane zatvorená aj pred letom.")]
    [InlineData("hu", "A küldöttek hétfőn találkoztak Genfben. Azt mondták, hogy a határ zárva marad.")]
    [InlineData("ro", "Trimișii s-au întâlnit luni la Geneva. Ei au spus că frontiera va fi închisă.")]
    [InlineData("hr", "Izaslanici su se sastali u ponedjeljak u Ženevi. Rekli su da će granica ostati zatvorena.")]
    [InlineData("sl", "Odposlanci so se v ponedeljek srečali v Ženevi. Dejali so, da bo meja še zaprta.")]
    [InlineData("tr", "Elçiler pazartesi günü Cenevre'de bir araya geldi. Sınırın kapalı olacağını söyledi.")]
    [InlineData("id", "Para utusan bertemu di Jenewa pada hari Senin. Mereka mengatakan bahwa perbatasan akan tetap ditutup.")]
    [InlineData("vi", "Các phái viên đã gặp nhau ở Geneva vào thứ hai. Họ nói rằng biên giới sẽ không được mở.")]
    [InlineData("ca", "Els enviats es van reunir dilluns a Ginebra. Van dir que la frontera no s'obrirà aquest any.")]
    [InlineData("et", "Saadikud kohtusid esmaspäeval Genfis. Nad ütlesid, et piir on veel suletud.")]
    [InlineData("lt", "Pasiuntiniai pirmadienį susitiko Ženevoje. Jie sakė, kad siena dar bus uždaryta.")]
    [InlineData("lv", "Sūtņi pirmdien tikās Ženēvā. Viņi teica, ka robeža vēl būs slēgta.")]
    [InlineData("sq", "Të dërguarit u takuan të hënën në Gjenevë. Ata thanë se kufiri do të jetë i mbyllur.")]
    [InlineData("sw", "Wajumbe walikutana Geneva siku ya Jumatatu. Walisema kuwa mpaka huo bado utafungwa kwa muda.")]
    [InlineData("tl", "Nagpulong ang mga sugo sa Geneva noong Lunes. Sinabi nila na mananatiling sarado ang hangganan.")]
    [InlineData("ru", "Посланники встретились в понедельник в Женеве. Они сообщили, что граница останется закрытой.")]
    [InlineData("uk", "Посланці зустрілися в понеділок у Женеві. Вони заявили, що кордон і далі буде закритий.")]
    [InlineData("bg", "Пратениците се срещнаха в понеделник в Женева. Те казаха, че границата ще бъде затворена.")]
    [InlineData("sr", "Изасланици су се састали у понедељак у Женеви. Рекли су да ће граница остати затворена.")]
    [InlineData("ar", "التقى المبعوثون في جنيف يوم الاثنين. وقالوا إن الحدود ستبقى مغلقة.")]
    [InlineData("fa", "فرستادگان روز دوشنبه در ژنو دیدار کردند. آنها گفتند که مرز بسته است.")]
    [InlineData("ur", "ایلچیوں نے پیر کو جنیوا میں ملاقات کی۔ انہوں نے کہا کہ سرحد بند ہے۔")]
    [InlineData("he", "השליחים נפגשו בז'נבה ביום שני. הם אמרו שהגבול יישאר סגור.")]
    [InlineData("hi", "दूत सोमवार को जिनेवा में मिले। उन्होंने कहा कि सीमा बंद है।")]
    [InlineData("el", "Οι απεσταλμένοι συναντήθηκαν στη Γενεύη. Είπαν ότι τα σύνορα θα μείνουν κλειστά.")]
    [InlineData("zh", "特使星期一在日内瓦会面。他们说边界将继续关闭。")]
    [InlineData("ja", "特使は月曜日にジュネーブで会談した。国境は閉鎖されたままだと述べた。")]
    [InlineData("ko", "특사들은 월요일 제네바에서 만났다. 국경은 계속 닫혀 있을 것이라고 말했다.")]
    [InlineData("th", "ทูตพบกันที่เจนีวาในวันจันทร์ พวกเขากล่าวว่าชายแดนจะยังคงปิด")]
    [InlineData("ka", "ელჩები ორშაბათს ჟენევაში შეხვდნენ. მათ თქვეს, რომ საზღვარი დაკეტილია.")]
    public void Two_sentences_are_enough(string language, string text)
    {
        Assert.Equal(language, LanguageGuess.Of(text));
        Assert.Contains(language, LanguageGuess.Languages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12,345 (67%)")]
    [InlineData("Xq zzt")]
    public void Too_little_is_nothing(string text) => Assert.Null(LanguageGuess.Of(text));

    [Fact]
    public void English_news_is_English()
    {
        var paragraphs = Directory.EnumerateFiles(Repository.File("samples"), "*.txt").SelectMany(f => Paragraphs(File.ReadAllText(f))).ToList();
        Assert.True(paragraphs.Count > 30);
        Assert.All(paragraphs, p => Assert.Equal("en", LanguageGuess.Of(p)));
    }

    [Fact]
    public void English_news_by_others_is_English()
    {
        var paragraphs = Corpus.PolnearDev().SelectMany(t => Paragraphs(t.Text)).ToList();
        var missed = paragraphs.Where(p => LanguageGuess.Of(p) != "en").ToList();
        TestContext.Current.SendDiagnosticMessage($"{paragraphs.Count} paragraphs, {missed.Count} not taken for English");
        Assert.InRange((double)missed.Count / paragraphs.Count, 0, 0.005);
    }

    private static IEnumerable<string> Paragraphs(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(p => p.Trim()).Where(p => p.Length >= 60);
}

/// <summary>Texts of others that are not on a user's machine.</summary>
internal static class Corpus
{
    public static List<(string Name, string Text)> PolnearDev()
    {
        using var tar = new TarReader(new GZipStream(File.OpenRead(Repository.Shared("data", "attribution", "polnear-dev.tar.gz")), CompressionMode.Decompress));
        var texts = new List<(string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !entry.Name.EndsWith(".txt", StringComparison.Ordinal) || entry.DataStream is null)
                continue;
            using var reader = new StreamReader(entry.DataStream);
            texts.Add((entry.Name, reader.ReadToEnd()));
        }
        return texts;
    }
}
