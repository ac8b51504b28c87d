using CsCheck;
using Esb.Tables.Expressions;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Expressions;

public sealed class UpdateTests
{
    private const string Item = """
        {"k": {"S": "key"}, "s": {"S": "x"}, "n": {"N": "5"}, "ss": {"SS": ["x", "y"]},
         "l": {"L": [{"S": "0"}, {"S": "1"}, {"S": "2"}, {"S": "3"}]}, "m": {"M": {"a": {"N": "1"}, "b": {"M": {}}}}}
        """;

    private const string Values = """
        {":s": {"S": "new"}, ":n": {"N": "2.5"}, ":ss": {"SS": ["y", "z"]}, ":xy": {"SS": ["y", "x"]},
         ":l": {"L": [{"S": "e"}]}, ":none": {"L": []}, ":ns": {"NS": ["1"]}, ":m": {"M": {}}}
        """;

    private const string NoPath = "The document path provided in the update expression is invalid for update";

    private const string WrongType = "An operand in the update expression has an incorrect data type";

    private const string NoValue = "The provided expression refers to an attribute that does not exist in the item";

    [Test]
    [Arguments("SET s = :s", "s", """{"S": "new"}""")]
    [Arguments("SET fresh = s, s = n, n = :n", "fresh", """{"S": "x"}""")]
    [Arguments("SET fresh = s, s = n, n = :n", "s", """{"N": "5"}""")]
    [Arguments("SET n = n + :n", "n", """{"N": "7.5"}""")]
    [Arguments("SET n = (:n - n)", "n", """{"N": "-2.5"}""")]
    [Arguments("SET n = if_not_exists(hits, :n) + n", "n", """{"N": "7.5"}""")]
    [Arguments("SET s = if_not_exists(s, :s)", "s", """{"S": "x"}""")]
    [Arguments("SET l = list_append(:l, if_not_exists(gone, :none))", "l", """{"L": [{"S": "e"}]}""")]
    [Arguments("SET m.b.c = :s", "m", """{"M": {"a": {"N": "1"}, "b": {"M": {"c": {"S": "new"}}}}}""")]
    [Arguments("SET m.a = m.a + :n REMOVE m.b", "m", """{"M": {"a": {"N": "3.5"}}}""")]
    [Arguments("SET l[1] = :s", "l", """{"L": [{"S": "0"}, {"S": "new"}, {"S": "2"}, {"S": "3"}]}""")]
    [Arguments("SET l[9] = :s, l[7] = :n", "l",
        """{"L": [{"S": "0"}, {"S": "1"}, {"S": "2"}, {"S": "3"}, {"N": "2.5"}, {"S": "new"}]}""")]
    [Arguments("REMOVE l[0], l[2], l[8] SET l[3] = :s", "l", """{"L": [{"S": "1"}, {"S": "new"}]}""")]
    [Arguments("ADD n :n", "n", """{"N": "7.5"}""")]
    [Arguments("ADD hits :n", "hits", """{"N": "2.5"}""")]
    [Arguments("ADD m.a :n", "m", """{"M": {"a": {"N": "3.5"}, "b": {"M": {}}}}""")]
    [Arguments("ADD ss :ss", "ss", """{"SS": ["x", "y", "z"]}""")]
    [Arguments("ADD extra :ss", "extra", """{"SS": ["z", "y"]}""")]
    [Arguments("DELETE ss :ss", "ss", """{"SS": ["x"]}""")]
    [Arguments("DELETE ss :xy", "ss", "")]
    [Arguments("DELETE gone :ss", "gone", "")]
    [Arguments("REMOVE s, gone, m.gone, m.b.gone", "s", "")]
    public async Task An_update_changes_what_it_names(string text, string attribute, string value)
    {
        var after = Parsed.Update(text, Values).Apply(Wire.Item(Item)).Item;
        await Assert.That(after.Members.GetValueOrDefault(attribute))
            .IsEqualTo(value.Length == 0 ? null : Wire.Value(value));
        await Assert.That(after.Members["k"]).IsEqualTo(new StringValue("key"));
    }

    [Test]
    [Arguments("SET s = gone", NoValue)]
    [Arguments("SET gone.a = gone", NoValue)]
    [Arguments("SET l = list_append(l, gone)", NoValue)]
    [Arguments("SET n = n + s", WrongType)]
    [Arguments("SET l = list_append(l, s)", WrongType)]
    [Arguments("ADD s :n", WrongType)]
    [Arguments("ADD ss :ns", WrongType)]
    [Arguments("DELETE ss :ns", WrongType)]
    [Arguments("SET gone.a = :s", NoPath)]
    [Arguments("SET s.a = :s", NoPath)]
    [Arguments("SET m[0] = :s", NoPath)]
    [Arguments("SET l.a = :s", NoPath)]
    [Arguments("SET l[9].a = :s", NoPath)]
    [Arguments("REMOVE gone.a", NoPath)]
    [Arguments("REMOVE m[1]", NoPath)]
    [Arguments("DELETE gone.a :ss", NoPath)]
    [Arguments("ADD gone[0] :n", NoPath)]
    public async Task An_update_that_does_not_fit_the_item_is_refused(string text, string problem) =>
        await Assert.That(Parsed.Problem(() => Parsed.Updated(Item, text, Values))).IsEqualTo(problem);

    [Test]
    public async Task A_value_cannot_be_set_so_deep_that_the_item_has_more_than_32_levels()
    {
        var deep = Enumerable.Repeat(0, 31).Aggregate(
            """{"S": "x"}""", (inner, _) => $$$"""{"M": {"n": {{{inner}}}}}""");
        var (item, values) = ("""{"m": {"M": {}}}""", $$"""{":v": {{deep}}}""");
        await Assert.That(Parsed.Problem(() => Parsed.Updated(item, "SET m = :v", values))).IsEqualTo("(none)");
        await Assert.That(Parsed.Problem(() => Parsed.Updated(item, "SET m.a = :v", values)))
            .StartsWith("Nesting Levels have exceeded supported limits");
    }

    [Test]
    public async Task The_changed_paths_show_the_old_and_the_new_values()
    {
        var old = Wire.Item(Item);
        var result = Parsed.Update("SET m.a = :n, s = :s REMOVE l[1] ADD hits :n", Values).Apply(old);
        var changed = new Projection(result.Changed);
        await Assert.That(changed.Apply(old)).IsEqualTo(
            Wire.Item("""{"m": {"M": {"a": {"N": "1"}}}, "s": {"S": "x"}, "l": {"L": [{"S": "1"}]}}"""));
        await Assert.That(changed.Apply(result.Item)).IsEqualTo(Wire.Item("""
            {"m": {"M": {"a": {"N": "2.5"}}}, "s": {"S": "new"}, "l": {"L": [{"S": "2"}]}, "hits": {"N": "2.5"}}
            """));
    }

    [Test]
    public void Updates_of_attributes_agree_with_a_plain_model() => Gen.Select(
        RandomValues.Items, Gen.Int[0, 3].Array[4], RandomValues.Flat.Array[4]).Sample((item, kinds, values) =>
        {
            var model = new Dictionary<string, AttributeValue>(item.Members);
            var texts = new Dictionary<string, List<string>> { ["SET"] = [], ["REMOVE"] = [] };
            var placeholders = new Dictionary<string, AttributeValue>();
            for (var at = 0; at < 4; at++)
            {
                var name = "abcd"[at].ToString();
                if (kinds[at] == 0)
                    continue;
                texts[kinds[at] == 1 ? "REMOVE" : "SET"].Add(kinds[at] switch
                {
                    1 => name,
                    2 => $"{name} = :{name}",
                    _ => $"{name} = if_not_exists({name}, :{name})",
                });
                placeholders[":" + name] = values[at];
                if (kinds[at] == 1)
                    model.Remove(name);
                else if (kinds[at] == 2 || !model.ContainsKey(name))
                    model[name] = values[at];
            }
            var sections = texts.Where(section => section.Value.Count > 0);
            var text = string.Join(' ', sections.Select(s => $"{s.Key} {string.Join(',', s.Value)}"));
            return text.Length == 0
                || UpdateParser.Parse(text, new ExpressionNames(null, placeholders)).Apply(item).Item
                    .Equals(new MapValue(model));
        });

    [Test]
    public void Updates_of_elements_agree_with_a_plain_model() => Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 2].Array[9]).Sample((length, kinds) =>
        {
            AttributeValue Text(string text) => new StringValue(text);
            var list = Enumerable.Range(0, length).Select(at => Text($"old{at}")).ToArray();
            var expected = Enumerable.Range(0, 9)
                .Where(at => kinds[at] == 2 || (kinds[at] == 0 && at < length))
                .Select(at => kinds[at] == 2 ? Text($"new{at}") : list[at])
                .ToArray();
            UpdateAction[] actions =
            [
                .. from at in Enumerable.Range(0, 9).Reverse()
                   where kinds[at] > 0
                   let path = new AttributePath("l", [new ElementStep(at)])
                   select kinds[at] == 1
                       ? (UpdateAction)new RemoveAction(path)
                       : new SetAction(path, new ValueOperand(Text($"new{at}"))),
            ];
            var item = new MapValue(new Dictionary<string, AttributeValue> { ["l"] = new ListValue(list) });
            return new UpdateExpression(actions).Apply(item).Item.Members["l"].Equals(new ListValue(expected));
        });
}
