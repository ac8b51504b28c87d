namespace Esb.Tables.Tests.Expressions;

public sealed class ConditionErrorTests
{
    private const string Names = """{"#a": "a", "#b": "b"}""";

    private const string Values = """
        {":s": {"S": "x"}, ":t": {"S": "y"}, ":n": {"N": "1"}, ":b": {"BOOL": true}, ":nul": {"NULL": true},
         ":l": {"L": []}, ":m": {"M": {}}, ":ss": {"SS": ["x"]}, ":type": {"S": "SS"}, ":bin": {"B": "eA=="}}
        """;

    [Test]
    [Arguments("a b", "b", "a b")]
    [Arguments("a", "<EOF>", "a")]
    [Arguments("a = ", "<EOF>", "= ")]
    [Arguments("a > 4", "4", "> 4")]
    [Arguments("a-b", "-", "a-b")]
    [Arguments("!! a", "!", "!!")]
    [Arguments("attribute_exists(a", "<EOF>", "a")]
    [Arguments("attribute_exists()", ")", "()")]
    [Arguments("attribute_exists(a..b)", ".", "..b")]
    [Arguments("attribute_exists(\"a\")", "\"", "(\"a")]
    [Arguments("_a = :s", "_", "_a")]
    [Arguments("#$.b > a", "#", "#$")]
    [Arguments("a[b] = :s", "b", "[b]")]
    [Arguments("a[:s] = :s", ":s", "[:s]")]
    [Arguments("a[1.5] = :s", ".", "1.5")]
    [Arguments("a in :s", ":s", "in :s")]
    [Arguments("a in (:s, )", ")", ", )")]
    [Arguments("a between :s or :t", "or", ":s or :t")]
    [Arguments("a > between", "between", "> between")]
    [Arguments("size(a).b > :n", ".", ").b")]
    [Arguments("(size(a))[0] > :n", "[", ")[0")]
    [Arguments("a.b.(c) = :s", "(", ".(c")]
    [Arguments("(a = :s) = :s", "=", ") = :s")]
    [Arguments("a = (b = :s)", "=", "b = :s")]
    [Arguments("not", "<EOF>", "not")]
    [Arguments("a = :s and", "<EOF>", "and")]
    [Arguments("\u00fc = :s", "\u00fc", "\u00fc =")]
    [Arguments("\U0001F600 = :s", "\U0001F600", "\U0001F600 =")]
    public async Task A_syntax_error_shows_the_token_and_its_neighbours(string text, string token, string near) =>
        await Assert.That(ProblemOf(text)).IsEqualTo($"Syntax error; token: \"{token}\", near: \"{near}\"");

    [Test]
    [Arguments("", "The expression can not be empty;")]
    [Arguments(" \t\n", "The expression can not be empty;")]
    [Arguments("((a = :s))", "The expression has redundant parentheses;")]
    [Arguments("a = ((b))", "The expression has redundant parentheses;")]
    [Arguments("((a).b) = :s and whatever((((a))))", "The expression has redundant parentheses;")]
    [Arguments("a = :s and ((a = :t or (b = :s and #a = :s)))", "The expression has redundant parentheses;")]
    [Arguments("whatever(:missing) > status", "Invalid function name; function: whatever")]
    [Arguments("Size(a) > :n", "Invalid function name; function: Size")]
    [Arguments(
        "if_not_exists(a, :s) = :s", "The function is not allowed in a condition expression; function: if_not_exists")]
    [Arguments("attribute_exists(a) > status", Misused + "attribute_exists")]
    [Arguments("size(a)", Misused + "size")]
    [Arguments("not size(a)", Misused + "size")]
    [Arguments("a = :s or size(a)", Misused + "size")]
    [Arguments("a between :s and begins_with(a, :s)", Misused + "begins_with")]
    [Arguments("a in (:s, contains(a, :s))", Misused + "contains")]
    [Arguments("size(contains(a, :s)) > :n", Misused + "contains")]
    [Arguments("#missing = :s and a.sTatus = :t", Reserved + "sTatus")]
    [Arguments("attribute_exists(views, #missing)", Reserved + "views")]
    [Arguments("begins_with(#missing, :gone, a)", NoName + "#missing")]
    [Arguments("a between :gone and #missing", NoValue + ":gone")]
    [Arguments("a = :s and b = :gone and attribute_exists(:s)", NoValue + ":gone")]
    [Arguments("attribute_exists(:s) and b = :gone", NeedsPath + "attribute_exists")]
    [Arguments("attribute_not_exists(size(a))", NeedsPath + "attribute_not_exists")]
    [Arguments("attribute_exists(a, b)", WrongCount + "attribute_exists, number of operands: 2")]
    [Arguments("begins_with(a)", WrongCount + "begins_with, number of operands: 1")]
    [Arguments("size(a, b) > size(:n)", WrongCount + "size, number of operands: 2")]
    [Arguments("a = #a", SameTwice + "=, first operand: [a]")]
    [Arguments("a in (:s, #a)", SameTwice + "IN, first operand: [a]")]
    [Arguments("a between #a and :s", SameTwice + "BETWEEN, first operand: [a]")]
    [Arguments("contains(c.b[1].a, c.#b[1].#a)", SameTwice + "contains, first operand: [c, b, [1], a]")]
    [Arguments("attribute_type(a, b)", WrongType + "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}")]
    [Arguments("attribute_type(a, :n)", WrongType + "attribute_type, operand type: N")]
    [Arguments("attribute_type(a, size(b))", WrongType + "attribute_type, operand type: N")]
    [Arguments(
        "attribute_type(a, :s)",
        "Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")]
    [Arguments("begins_with(a, :n)", WrongType + "begins_with, operand type: N")]
    [Arguments("begins_with(:ss, a)", WrongType + "begins_with, operand type: SS")]
    [Arguments("begins_with(a, size(b))", WrongType + "begins_with, operand type: N")]
    [Arguments("size(:b) > :n", WrongType + "size, operand type: BOOL")]
    [Arguments("size(size(a)) > :n", WrongType + "size, operand type: N")]
    [Arguments("a < :b", WrongType + "<, operand type: BOOL")]
    [Arguments(":l >= a", WrongType + ">=, operand type: L")]
    [Arguments("a between :m and :m", WrongType + "BETWEEN, operand type: M")]
    [Arguments("a between :s and :n", Bounds + "requires same data type for lower and upper bounds; "
        + "lower bound operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {N:1}")]
    [Arguments("a between :t and :s", Bounds + "requires upper bound to be greater than or equal to lower bound; "
        + "lower bound operand: AttributeValue: {S:y}, upper bound operand: AttributeValue: {S:x}")]
    [Arguments("a[2147483648] = :s", "List index is not within the allowable range; index: [2147483648]")]
    public async Task What_is_wrong_is_told_in_the_words_of_the_service(string text, string problem) =>
        await Assert.That(ProblemOf(text)).IsEqualTo(problem);

    [Test]
    public async Task An_expression_has_4096_bytes_300_operators_and_32_levels_at_most()
    {
        var padded = "a = :s" + new string(' ', 4090);
        await Assert.That(ProblemOf(padded)).IsEqualTo("(none)");
        await Assert.That(ProblemOf(padded + " ")).IsEqualTo(
            "Expression size has exceeded the maximum allowed size; expression size: 4097");
        var many = string.Join(" or ", Enumerable.Repeat("a<:s", 150));
        await Assert.That(ProblemOf(many)).IsEqualTo("(none)");
        await Assert.That(ProblemOf("not " + many)).IsEqualTo("(none)");
        await Assert.That(ProblemOf("not not " + many)).IsEqualTo(
            "The expression contains too many operators; operator count: 301");
        var path = "a" + string.Concat(Enumerable.Repeat(".b", 31));
        await Assert.That(ProblemOf(path + " = :s")).IsEqualTo("(none)");
        await Assert.That(ProblemOf(path + "[0] = :s")).IsEqualTo(
            "The document path has too many nesting levels; nesting levels: 33");
    }

    [Test]
    [Arguments(100, "(none)")]
    [Arguments(101, "The IN operator is provided with too many operands; number of operands: 101")]
    public async Task IN_has_100_operands_at_most(int count, string problem) =>
        await Assert.That(ProblemOf($"a in ({string.Join(',', Enumerable.Repeat(":s", count))})")).IsEqualTo(problem);

    [Test]
    public async Task Thousands_of_parentheses_are_an_error_and_not_the_end_of_the_process()
    {
        await Assert.That(ProblemOf(new string('(', 4000))).IsEqualTo("The expression has redundant parentheses;");
        await Assert.That(ProblemOf(string.Concat(Enumerable.Repeat("size(", 800))))
            .IsEqualTo("The expression contains too many operators; operator count: 301");
    }

    private const string Misused = "The function is not allowed to be used this way in an expression; function: ";
    private const string Reserved = "Attribute name is a reserved keyword; reserved keyword: ";
    private const string NoName =
        "An expression attribute name used in the document path is not defined; attribute name: ";

    private const string NoValue = "An expression attribute value used in expression is not defined; attribute value: ";
    private const string NeedsPath = "Operator or function requires a document path; operator or function: ";
    private const string WrongCount =
        "Incorrect number of operands for operator or function; operator or function: ";

    private const string WrongType = "Incorrect operand type for operator or function; operator or function: ";
    private const string SameTwice =
        "The first operand must be distinct from the remaining operands for this operator or function; operator: ";

    private const string Bounds = "The BETWEEN operator ";

    private static string ProblemOf(string text) =>
        Parsed.Problem(() => Parsed.Condition(text, Values, Names))
            .Replace("Invalid FilterExpression: ", "", StringComparison.Ordinal);
}
