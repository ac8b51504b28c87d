using Esb.Schema.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class ApplicationNameTests
{
    [Test]
    [Arguments("/home/me/shop", "shop")]
    [Arguments("/home/me/my shop_2/", "my-shop-2")]
    [Arguments("/home/me/2nd", "esb-2nd")]
    [Arguments("/home/me/ärger", "rger")]
    [Arguments("/home/me/_", "esb")]
    [Arguments("/", "esb")]
    public async Task A_folder_gives_a_name_that_is_allowed(string folder, string name)
    {
        await Assert.That(ApplicationName.OfFolder(folder)).IsEqualTo(name);
        await Assert.That(ApplicationName.IsValid(name)).IsTrue();
    }

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
    public async Task What_no_stack_may_be_called_is_no_name(string name) =>
        await Assert.That(ApplicationName.IsValid(name)).IsFalse();
}
