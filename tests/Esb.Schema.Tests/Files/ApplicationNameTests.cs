using Esb.Schema.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class ApplicationNameTests
{
    [Test]
    [Arguments("/home/me/shop", "shop")]
    [Arguments("/home/me/my shop_2/", "my-shop-2-22d9b0")]
    [Arguments("/home/me/2nd", "esb-2nd-c21365")]
    [Arguments("/home/me/ärger", "rger-55fb01")]
    [Arguments("/home/me/_", "esb-d2e2ad")]
    [Arguments("/", "esb-e3b0c4")]
    public async Task The_name_of_a_folder_is_turned_into_a_valid_name(string folder, string name)
    {
        await Assert.That(ApplicationName.OfFolder(folder)).IsEqualTo(name);
        await Assert.That(ApplicationName.IsValid(name)).IsTrue();
    }

    [Test]
    public async Task Folders_of_different_names_are_different_applications_whatever_characters_are_lost()
    {
        string[] folders =
        [
            "my-app", "my_app", "my app", "my.app", "-my-app", "my-app-", "日本", "中文", "esb", "_", "1app",
            "esb-1app",
            "é", new('a', 200), new('a', 201), new string('a', 127) + "_b",
        ];
        await Assert.That(folders.Select(f => ApplicationName.OfFolder("/w/" + f)).Distinct().Count())
            .IsEqualTo(folders.Length);
    }

    [Test]
    [Arguments("a", null, "a", true)]
    [Arguments("a", null, null, true)]
    [Arguments("a", null, "b", false)]
    [Arguments("a", "b", "b", true)]
    [Arguments("a", "b", "c", false)]
    [Arguments("a", "b", "a", true)]
    [Arguments("a", "*", "c", true)]
    [Arguments(null, null, "c", true)]
    [Arguments(null, "b", "c", false)]
    public async Task An_entry_means_the_function_of_its_own_application_or_of_the_one_that_it_was_deployed_for(
        string? application,
        string? meant,
        string? owner,
        bool expected) =>
        await Assert.That(ApplicationName.IsMeant(application, meant, owner)).IsEqualTo(expected);

    [Test]
    public async Task The_name_of_a_long_folder_is_shortened()
    {
        await Assert.That(ApplicationName.IsValid(ApplicationName.OfFolder("/" + new string('a', 200)))).IsTrue();
        await Assert.That(ApplicationName.IsValid(ApplicationName.OfFolder("/" + new string('7', 200)))).IsTrue();
    }

    [Test]
    [Arguments("")]
    [Arguments("a b")]
    [Arguments("1a")]
    [Arguments("a_b")]
    [Arguments("a\n")]
    public async Task A_name_that_no_stack_may_have_is_invalid(string name) =>
        await Assert.That(ApplicationName.IsValid(name)).IsFalse();
}
